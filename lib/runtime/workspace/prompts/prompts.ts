import type { Put } from '@aws-sdk/client-dynamodb';
import { fileNotFound } from '../../gateway/files/found-file';
import type { PromptReference } from '../../gateway/items/prompt-reference';
import { type StoredPrompt, variablesOf } from '../../gateway/items/stored-prompt';
import { type Page, type PageQuery, pageOf } from '../../http/page';
import type { Files } from '../files/files';
import { ApiError } from '../store/api-error';
import { partitionOf } from '../store/keys';
import { orLocked } from '../store/or-locked';
import { Pauses } from '../store/pauses';
import type { Retention } from '../store/retention';
import { keyOf, numberOf, put, type Row, toAttributes, toKey } from '../store/row';
import type { Seal } from '../store/seal';
import { Conflict, type ContentTable, type Write } from '../store/table';
import { isPromptId, newPromptId, PROMPTS, promptKey, versionKey, versionsOf } from './prompt-keys';

/** What a version of a prompt is made of. */
export interface PromptContent {
  readonly instructions: string;
  readonly model?: string;
  readonly files: readonly string[];
}

/** A prompt in its newest version. */
interface PromptObject extends VersionFields {
  readonly object: 'prompt';
  readonly name: string | null;
}

/** One version of a prompt. */
interface VersionObject extends VersionFields {
  readonly object: 'prompt.version';
}

interface VersionFields {
  readonly id: string;
  /** Unix seconds. */
  readonly created_at: number;
  readonly version: string;
  readonly instructions: string;
  readonly model: string | null;
  readonly files: readonly string[];
  readonly variables: readonly string[];
}

/** Few enough for a prompt to be deleted whole, in one transaction. */
const MOST_VERSIONS = 90;

/** What prompts are made of. */
export interface PromptParts {
  readonly table: ContentTable;
  readonly seal: Seal;
  readonly files: Pick<Files, 'find'>;
  readonly retention: Retention;
  readonly now: () => Date;
}

/** The prompts of members, each seen and used by its own member alone. A version never changes. */
export class Prompts {
  constructor(private readonly parts: PromptParts) {}

  public async create(user: string, name: string | null, content: PromptContent): Promise<PromptObject> {
    await this.requireFiles(user, content);
    const id = newPromptId(this.parts.now());
    const head = { ...toKey(promptKey(user, id)), ...toAttributes({ createdAt: this.parts.now().getTime() }) };
    const writes = await this.writes(user, head, name, content, 1);
    await this.parts.table.transact(writes);
    return this.find(user, id);
  }

  /** A prompt with its newest version. */
  public async find(user: string, id: string): Promise<PromptObject> {
    return this.shown(user, await this.require(user, id));
  }

  public async list(user: string, { after, limit, order }: PageQuery): Promise<Page<PromptObject>> {
    if (after !== undefined && !isPromptId(after)) throw promptNotFound('after');
    const [pk, bound, last] = [partitionOf(user), after && `${PROMPTS}${after}`, `${PROMPTS}~`];
    const ends = order === 'asc' ? { from: bound ?? PROMPTS, to: last } : { from: PROMPTS, to: bound ?? last };
    const rows: Row[] = [];
    for await (const page of this.parts.table.pages({ pk, ...ends, order, page: limit + 2 })) {
      rows.push(...page.filter((row) => row.sk?.S !== bound));
      if (rows.length > limit) break;
    }
    const data = await Promise.all(rows.slice(0, limit).map((row) => this.shown(user, row)));
    return pageOf(data, rows.length > limit);
  }

  /** Adds a version, which is the one that is used from now on where none is named. */
  public async addVersion(user: string, id: string, content: PromptContent): Promise<VersionObject> {
    await this.requireFiles(user, content);
    const version = await this.change(user, id, async (head) => {
      const next = numberOf(head, 'version') + 1;
      if (next > MOST_VERSIONS) {
        throw new ApiError(400, 'invalid_value', `a prompt may have ${MOST_VERSIONS} versions; make another prompt`);
      }
      const { name } = await this.parts.seal.open<{ name: string | null }>(user, head);
      return { writes: await this.writes(user, head, name, content, next), made: next };
    });
    return this.version(user, id, version, 'prompt_id');
  }

  /** The versions of a prompt, newest first. */
  public async versions(user: string, id: string): Promise<{ object: 'list'; data: VersionObject[]; has_more: false }> {
    await this.require(user, id);
    const prefix = versionsOf(id);
    const range = {
      pk: partitionOf(user),
      from: prefix,
      to: `${prefix}~`,
      order: 'desc',
      page: MOST_VERSIONS,
    } as const;
    const data: VersionObject[] = [];
    for await (const rows of this.parts.table.pages(range)) {
      data.push(...(await Promise.all(rows.map((row) => this.open(user, row)))));
    }
    return { object: 'list', data, has_more: false };
  }

  public async delete(user: string, id: string): Promise<void> {
    await this.change(user, id, async (head) => {
      const count = numberOf(head, 'version');
      const keys = Array.from({ length: count }, (_, at) => versionKey(user, id, at + 1));
      const writes = keys.map((key): Write => ({ Delete: { TableName: undefined, Key: toKey(key) } }));
      return {
        writes: [{ Delete: { TableName: undefined, Key: toKey(keyOf(head)), ...expecting(count) } }, ...writes],
        made: 0,
      };
    });
  }

  /** What a response is to begin with: the version that is named, or the newest. */
  public async use(user: string, { id, version }: PromptReference): Promise<StoredPrompt> {
    const head = await this.require(user, id, 'prompt.id');
    const wanted = version ? Number(/^[1-9]\d{0,3}$/.exec(version)?.[0]) : numberOf(head, 'version');
    const { model, version: number, instructions, files } = await this.version(user, id, wanted, 'prompt.version');
    return { version: number, instructions, model: model ?? undefined, files };
  }

  /** @throws ApiError when a file isn't there */
  private async requireFiles(user: string, { files }: PromptContent): Promise<void> {
    for (const [at, id] of files.entries()) {
      if ((await this.parts.files.find(user, id)) === undefined) throw fileNotFound(`files[${at}]`);
    }
  }

  /** The head with its newest version, together or not at all. */
  private async writes(
    user: string,
    head: Row,
    name: string | null,
    content: PromptContent,
    version: number,
  ): Promise<Write[]> {
    const { seal, retention, now } = this.parts;
    const at = now().getTime();
    const id = keyOf(head).sk.slice(PROMPTS.length);
    const expiresAt = retention.expiryOf(at);
    const key = versionKey(user, id, version);
    const sealedName = await seal.close(user, keyOf(head), { name });
    const sealed = await seal.close(user, key, content);
    const next = { ...head, ...toAttributes({ version, updatedAt: at, expiresAt, ...sealedName }) };
    return [
      { Put: { ...put(next), ...expecting(version - 1) } },
      { Put: put({ ...toKey(key), ...toAttributes({ createdAt: at, expiresAt, version, ...sealed }) }) },
    ];
  }

  /** Changes a prompt as it is at that moment, again if somebody else was first. */
  private async change<T>(
    user: string,
    id: string,
    how: (head: Row) => Promise<{ writes: Write[]; made: T }>,
  ): Promise<T> {
    const pauses = new Pauses();
    for (;;) {
      const { writes, made } = await how(await this.require(user, id));
      try {
        await this.parts.table.transact(writes, pauses);
        return made;
      } catch (error) {
        if (!(error instanceof Conflict) || !(await pauses.next())) return orLocked(Promise.reject(error));
      }
    }
  }

  private async require(user: string, id: string, param = 'prompt_id'): Promise<Row> {
    const row = isPromptId(id) ? await this.parts.table.get(promptKey(user, id)) : undefined;
    if (row === undefined) throw promptNotFound(param);
    return row;
  }

  private async version(user: string, id: string, version: number, param: string): Promise<VersionObject> {
    const row = Number.isNaN(version) ? undefined : await this.parts.table.get(versionKey(user, id, version));
    if (row === undefined) throw promptNotFound(param);
    return this.open(user, row);
  }

  private async open(user: string, row: Row): Promise<VersionObject> {
    const { instructions, model = null, files } = await this.parts.seal.open<PromptContent>(user, row);
    const [, id = ''] = keyOf(row).sk.split('#');
    const created_at = Math.floor(numberOf(row, 'createdAt') / 1_000);
    const version = `${numberOf(row, 'version')}`;
    return {
      id,
      object: 'prompt.version',
      created_at,
      version,
      instructions,
      model,
      files,
      variables: variablesOf(instructions),
    };
  }

  private async shown(user: string, head: Row): Promise<PromptObject> {
    const id = keyOf(head).sk.slice(PROMPTS.length);
    const { name } = await this.parts.seal.open<{ name: string | null }>(user, head);
    const newest = await this.version(user, id, numberOf(head, 'version'), 'prompt_id');
    return { ...newest, object: 'prompt', created_at: Math.floor(numberOf(head, 'createdAt') / 1_000), name };
  }
}

const expecting = (version: number): Condition =>
  version === 0
    ? { ConditionExpression: 'attribute_not_exists(#pk)', ExpressionAttributeNames: { '#pk': 'pk' } }
    : {
        ConditionExpression: '#version = :was',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':was': { N: `${version}` } },
      };

type Condition = Pick<Put, 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;

/** What isn't there and what is somebody else's are told alike. */
const promptNotFound = (param: string) =>
  new ApiError(404, 'prompt_not_found', 'there is no prompt, or no version of it, with this id', { param });
