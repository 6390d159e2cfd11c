import { fileNotFound, requireUsable } from '../../gateway/files/found-file';
import type { PromptReference } from '../../gateway/items/prompt-reference';
import { type StoredPrompt, variablesOf } from '../../gateway/items/stored-prompt';
import { type Page, type PageQuery, pageOf } from '../../http/page';
import { ApiError } from '../errors/api-error';
import type { FileLookup } from '../files/file-lookup';
import type { ContentCipher } from '../store/content-cipher';
import { ofUser } from '../store/range';
import type { Retention } from '../store/retention';
import { retryChange } from '../store/retry-change';
import { keyOf, numberOf, type Row, toAttributes, toKey } from '../store/row';
import type { ContentTable } from '../store/table';
import { atVersion, atVersionOrNew, deleteRow, putRow, type Write } from '../store/writes';
import { isPromptId, newPromptId, PROMPTS, promptKey, versionKey, versionsOf } from './prompt-keys';

/** The content of one version of a prompt. */
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

/** Few enough to delete a prompt in one transaction. */
const MAX_VERSIONS = 90;

/** What prompts are made of. */
export interface PromptParts {
  readonly table: ContentTable;
  readonly cipher: ContentCipher;
  readonly files: FileLookup;
  readonly retention: Retention;
  readonly now: () => Date;
}

/** The prompts of members, each visible to and used by its own member alone. A version never changes. */
export class Prompts {
  constructor(private readonly parts: PromptParts) {}

  public async create(user: string, name: string | null, content: PromptContent): Promise<PromptObject> {
    await this.requireFiles(user, content);
    const id = newPromptId(this.parts.now());
    const header = { ...toKey(promptKey(user, id)), ...toAttributes({ createdAt: this.parts.now().getTime() }) };
    const writes = await this.writes(user, header, name, content, 1);
    await this.parts.table.transact(writes);
    return this.find(user, id);
  }

  /** A prompt with its newest version. */
  public async find(user: string, id: string): Promise<PromptObject> {
    return this.toPrompt(user, await this.require(user, id));
  }

  public async list(user: string, query: PageQuery): Promise<Page<PromptObject>> {
    if (query.after !== undefined && !isPromptId(query.after)) throw promptNotFound('after');
    const { rows, more } = await this.parts.table.listPage(user, PROMPTS, query);
    return pageOf(await Promise.all(rows.map((row) => this.toPrompt(user, row))), more);
  }

  /** Adds a version, which is used from now on wherever a request names none. */
  public async addVersion(user: string, id: string, content: PromptContent): Promise<VersionObject> {
    await this.requireFiles(user, content);
    const version = await this.change(user, id, async (header) => {
      const next = numberOf(header, 'version') + 1;
      if (next > MAX_VERSIONS) {
        throw new ApiError(400, 'invalid_value', `a prompt may have ${MAX_VERSIONS} versions; make another prompt`);
      }
      const { name } = await this.parts.cipher.decrypt<{ name: string | null }>(user, header);
      return { writes: await this.writes(user, header, name, content, next), result: next };
    });
    return this.version(user, id, version, 'prompt_id');
  }

  /** The versions of a prompt, newest first. */
  public async versions(user: string, id: string): Promise<{ object: 'list'; data: VersionObject[]; has_more: false }> {
    await this.require(user, id);
    const range = ofUser(user, versionsOf(id), MAX_VERSIONS, 'desc');
    const data: VersionObject[] = [];
    for await (const rows of this.parts.table.pages(range)) {
      data.push(...(await Promise.all(rows.map((row) => this.open(user, row)))));
    }
    return { object: 'list', data, has_more: false };
  }

  public async delete(user: string, id: string): Promise<void> {
    await this.change(user, id, async (header) => {
      const count = numberOf(header, 'version');
      const versions = Array.from({ length: count }, (_, at) => deleteRow(versionKey(user, id, at + 1)));
      return { writes: [deleteRow(keyOf(header), atVersion(count)), ...versions], result: undefined };
    });
  }

  /** The prompt that a response begins with: the version that the request names, or the newest. */
  public async use(user: string, { id, version }: PromptReference): Promise<StoredPrompt> {
    const header = await this.require(user, id, 'prompt.id');
    const requested = version ? Number(/^[1-9]\d{0,3}$/.exec(version)?.[0]) : numberOf(header, 'version');
    const { model, version: number, instructions, files } = await this.version(user, id, requested, 'prompt.version');
    return { version: number, instructions, model: model ?? undefined, files };
  }

  /** @throws ApiError when the user has no file with one of the ids */
  private async requireFiles(user: string, { files }: PromptContent): Promise<void> {
    for (const [at, id] of files.entries()) {
      const file = await this.parts.files.find(user, id);
      if (file === undefined) throw fileNotFound(`files[${at}]`);
      requireUsable(file, `files[${at}]`);
    }
  }

  /** The writes of the header and its newest version. */
  private async writes(
    user: string,
    header: Row,
    name: string | null,
    content: PromptContent,
    version: number,
  ): Promise<Write[]> {
    const { cipher, retention, now } = this.parts;
    const at = now().getTime();
    const id = keyOf(header).sk.slice(PROMPTS.length);
    const expiresAt = retention.expiryOf(at);
    const key = versionKey(user, id, version);
    const encryptedName = await cipher.encrypt(user, keyOf(header), { name });
    const encrypted = await cipher.encrypt(user, key, content);
    const next = { ...header, ...toAttributes({ version, updatedAt: at, expiresAt, ...encryptedName }) };
    return [
      putRow(next, atVersionOrNew(version - 1)),
      putRow({ ...toKey(key), ...toAttributes({ createdAt: at, expiresAt, version, ...encrypted }) }),
    ];
  }

  private change<T>(
    user: string,
    id: string,
    prepare: (header: Row) => Promise<{ writes: Write[]; result: T }>,
  ): Promise<T> {
    return retryChange(this.parts.table, async () => prepare(await this.require(user, id)));
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
    const { instructions, model = null, files } = await this.parts.cipher.decrypt<PromptContent>(user, row);
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

  private async toPrompt(user: string, header: Row): Promise<PromptObject> {
    const id = keyOf(header).sk.slice(PROMPTS.length);
    const { name } = await this.parts.cipher.decrypt<{ name: string | null }>(user, header);
    const newest = await this.version(user, id, numberOf(header, 'version'), 'prompt_id');
    return { ...newest, object: 'prompt', created_at: Math.floor(numberOf(header, 'createdAt') / 1_000), name };
  }
}

/** An id that doesn't exist and an id of another user get the same answer. */
export const promptNotFound = (param: string) =>
  new ApiError(404, 'prompt_not_found', 'there is no prompt, or no version of it, with this id', { param });
