import { groupPartition } from '../../../contract/tables';
import type { FoundFile } from '../../gateway/files/found-file';
import { fileNotFound } from '../../gateway/files/found-file';
import type { PromptReference } from '../../gateway/items/prompt-reference';
import { type StoredPrompt, variablesOf } from '../../gateway/items/stored-prompt';
import type { Member } from '../../http/member';
import { type Page, type PageQuery, pageOf } from '../../http/page';
import { ApiError } from '../errors/api-error';
import type { FileLookup } from '../files/file-lookup';
import type { Leftovers } from '../files/leftovers';
import { KeyGone, type Keyring } from '../keyring/keyring';
import { ContentCipher } from '../store/content-cipher';
import type { ContentObjects } from '../store/objects';
import { ofUser } from '../store/range';
import type { Retention } from '../store/retention';
import { retryChange } from '../store/retry-change';
import { keyOf, numberOf, type Row, textOf, toAttributes, toKey } from '../store/row';
import { Conflict, type ContentTable } from '../store/table';
import type { UserStatuses } from '../store/user-status';
import { ABSENT, deleteRow, PRESENT, putRow, type Write } from '../store/writes';
import { groupKeyring } from './group-keyring';
import { namedGroups } from './named-groups';
import type { Prompts } from './prompts';
import { promptNotFound } from './prompts';
import {
  groupKeyKey,
  groupTag,
  isShareId,
  newGroupKeyId,
  newShareId,
  POINTERS,
  pointerKey,
  SHARES,
  sharedFileKey,
  sharedObject,
  shareKey,
  tagOf,
} from './share-keys';

/** What a share holds: a version of a prompt, as it was when it was shared. */
export interface SharedContent {
  readonly group: string;
  readonly name: string | null;
  readonly instructions: string;
  readonly model: string | null;
  readonly files: readonly string[];
}

/** A share, as members of the group read it. */
interface ShareObject {
  readonly id: string;
  readonly object: 'shared_prompt';
  /** Unix seconds. */
  readonly created_at: number;
  readonly group: string;
  readonly name: string | null;
  readonly version: string;
  readonly instructions: string;
  readonly model: string | null;
  /** The number of files that are sent with it. */
  readonly files: number;
  readonly variables: readonly string[];
}

/** The limit for the files of one request, which a share is always used in. */
const MOST_BYTES = 8_000_000;

/** Each may have files, so that their number bounds what sharing stores. */
const MOST_SHARES = 100;

/** What shares are made of. */
export interface ShareParts {
  readonly table: ContentTable;
  readonly objects: ContentObjects;
  readonly keyring: Keyring;
  readonly prompts: Prompts;
  readonly files: FileLookup;
  readonly leftovers: Leftovers;
  readonly statuses: UserStatuses;
  readonly retention: Retention;
  readonly now: () => Date;
}

/**
 * Prompts that members share with groups, with copies of their files. A share is among the content of the member who shared, under a key of
 * that member and group; every member who is in the group can use it.
 */
export class Shares {
  constructor(private readonly parts: ShareParts) {}

  /**
   * Shares the newest version of a prompt with a group. An earlier share of the prompt with the group ends.
   *
   * @throws ApiError when the member isn't in the group, or the prompt or one of its files doesn't exist, or is too large
   */
  public async create(member: Member, prompt: string, group: string): Promise<ShareObject> {
    const { table, leftovers, prompts, retention, now } = this.parts;
    const { id: user } = member;
    requireGroup(member, group);
    const { name, version, instructions, model, files } = await prompts.find(user, prompt);
    const tag = groupTag(group);
    const isFormer = (row: Row) => textOf(row, 'prompt') === prompt && tagOf(idOf(row)) === tag;
    if ((await this.rows(user)).filter((row) => !isFormer(row)).length >= MOST_SHARES) {
      throw new ApiError(400, 'invalid_value', `you share ${MOST_SHARES} prompts already; end a share first`);
    }
    const found = await this.found(user, files);
    await leftovers.clear(user);
    const time = now();
    const id = newShareId(tag, time);
    const key = await this.groupKey(user, tag);
    const cipher = this.cipherOf(key);
    const times = { createdAt: time.getTime(), expiresAt: retention.expiryOf(time.getTime()) };
    const rows: Write[] = [];
    const objects: string[] = [];
    try {
      for (const [nth, file] of found.entries()) {
        const content = await file.read();
        const object = sharedObject(user, id, nth);
        objects.push(object);
        await cipher.encryptObject(user, object, content);
        const at = sharedFileKey(user, id, nth);
        const encrypted = await cipher.encrypt(user, at, { id: files[nth], kind: file.kind });
        const sizes = { bytes: file.bytes, tokens: file.tokens };
        rows.push(putRow({ ...toKey(at), ...toAttributes({ ...times, ...sizes, key, ...encrypted }) }));
      }
      const content: SharedContent = { group, name, instructions, model, files };
      const encrypted = await cipher.encrypt(user, shareKey(user, id), content);
      objects.push(...objectOf(encrypted.object));
      const attributes = { ...times, key, prompt, version: Number(version), files: files.length };
      const row = { ...toKey(shareKey(user, id)), ...toAttributes({ ...attributes, ...encrypted }) };
      const pointer = { ...toKey(pointerKey(id)), ...toAttributes({ ...times, owner: user }) };
      await retryChange(table, async () => {
        const alone = await this.aloneInGroup(user, tag, key);
        const former = (await this.rows(user)).filter(isFormer);
        const removals = former.flatMap((one) => this.removal(user, one));
        return { writes: [alone, putRow(row), ...rows, putRow(pointer), ...removals], result: undefined };
      });
      await leftovers.clear(user);
      return await this.open(row);
    } catch (error) {
      // The first error is the cause. After a second one, objects stay that no row names; an erasure deletes them.
      await this.discard(user, id, objects).catch(() => {});
      throw error;
    }
  }

  /** The shares of one of a member's own prompts. */
  public async list(user: string, prompt: string): Promise<Page<ShareObject>> {
    const rows = await this.rows(user);
    const own = rows.filter((row) => textOf(row, 'prompt') === prompt);
    return pageOf(await Promise.all(own.map((row) => this.open(row))), false);
  }

  /** Ends a share of one of a member's own prompts. */
  public async end(user: string, prompt: string, id: string): Promise<void> {
    const row = isShareId(id) ? await this.parts.table.get(shareKey(user, id)) : undefined;
    if (row === undefined || textOf(row, 'prompt') !== prompt) throw promptNotFound('share_id');
    await this.endAll(user, [row]);
  }

  /** Ends all shares of a prompt that is deleted. */
  public async endOf(user: string, prompt: string): Promise<void> {
    const rows = await this.rows(user);
    await this.endAll(
      user,
      rows.filter((row) => textOf(row, 'prompt') === prompt),
    );
  }

  /** What is shared with a group of the member. */
  public async sharedWith(member: Member, { group = '', after, limit, order }: PageQuery): Promise<Page<ShareObject>> {
    requireGroup(member, group);
    if (after !== undefined && !isShareId(after)) throw promptNotFound('after');
    const from = order === 'asc' && after !== undefined ? `${POINTERS}${after}` : POINTERS;
    const to = order === 'desc' && after !== undefined ? `${POINTERS}${after}` : `${POINTERS}~`;
    const found: ShareObject[] = [];
    const range = { pk: groupPartition(groupTag(group)), from, to, order, page: limit + 2 };
    for await (const pointers of this.parts.table.pages(range)) {
      for (const pointer of pointers) {
        const row = pointedId(pointer) === after ? undefined : await this.pointed(pointer);
        if (row !== undefined) found.push(await this.open(row));
        if (found.length > limit) return pageOf(found.slice(0, limit), true);
      }
    }
    return pageOf(found, false);
  }

  /** A shared prompt with its files, for a member of its group. */
  public async use(member: Member, { id, version }: PromptReference): Promise<StoredPrompt> {
    const tag = tagOf(id);
    if (!namedGroups(member, 'prompt.id').some((group) => groupTag(group) === tag)) throw promptNotFound('prompt.id');
    const pointer = await this.parts.table.get(pointerKey(id));
    const row = pointer && (await this.pointed(pointer));
    if (row === undefined) throw promptNotFound('prompt.id');
    const number = `${numberOf(row, 'version')}`;
    if (version && version !== number) throw promptNotFound('prompt.version');
    const { instructions, model, files } = await this.content(row);
    const shared = new Map<string, FoundFile>();
    for (const [nth, file] of files.entries()) shared.set(file, await this.file(row, nth));
    return { version: number, instructions, model: model ?? undefined, files, shared };
  }

  /** The share that a pointer names; undefined once the member who shared is being erased, or the share has ended. */
  private async pointed(pointer: Row): Promise<Row | undefined> {
    const owner = textOf(pointer, 'owner');
    const { erasing } = await this.parts.statuses.of(owner);
    return erasing ? undefined : this.parts.table.get(shareKey(owner, pointedId(pointer)));
  }

  private async file(share: Row, nth: number): Promise<FoundFile> {
    const [owner, id] = [ownerOf(share), idOf(share)];
    const row = await this.parts.table.get(sharedFileKey(owner, id, nth));
    if (row === undefined) throw promptNotFound('prompt.id');
    const cipher = this.cipherOf(textOf(row, 'key'));
    const { kind } = await cipher.decrypt<Pick<FoundFile, 'kind'>>(owner, row);
    const read = () => cipher.decryptObject(owner, sharedObject(owner, id, nth));
    return { kind, bytes: numberOf(row, 'bytes'), tokens: numberOf(row, 'tokens'), read };
  }

  private content(row: Row): Promise<SharedContent> {
    return this.cipherOf(textOf(row, 'key')).decrypt<SharedContent>(ownerOf(row), row);
  }

  private async open(row: Row): Promise<ShareObject> {
    const { group, name, instructions, model, files } = await this.content(row);
    return {
      id: idOf(row),
      object: 'shared_prompt',
      created_at: Math.floor(numberOf(row, 'createdAt') / 1_000),
      group,
      name,
      version: `${numberOf(row, 'version')}`,
      instructions,
      model,
      files: files.length,
      variables: variablesOf(instructions),
    };
  }

  /** The member's own files of a prompt, all of which must exist. */
  private async found(user: string, files: readonly string[]): Promise<FoundFile[]> {
    const found: FoundFile[] = [];
    for (const [nth, id] of files.entries()) {
      const file = await this.parts.files.find(user, id);
      if (file === undefined) throw fileNotFound(`files[${nth}]`);
      found.push(file);
    }
    if (found.reduce((sum, { bytes }) => sum + bytes, 0) > MOST_BYTES) {
      throw new ApiError(
        400,
        'file_too_large',
        `the files of a shared prompt may have at most ${MOST_BYTES} bytes together; share fewer`,
      );
    }
    return found;
  }

  /** The ID of the key of a member's shares with a group. It is stored before the key is made, so that an erasure finds each. */
  private async groupKey(user: string, tag: string): Promise<string> {
    const { table } = this.parts;
    const known = await table.get(groupKeyKey(user, tag));
    if (known !== undefined) return textOf(known, 'key');
    const key = newGroupKeyId();
    try {
      const row = { ...toKey(groupKeyKey(user, tag)), ...toAttributes({ key, version: 0 }) };
      await table.transact([putRow(row, ABSENT)]);
      return key;
    } catch (error) {
      // Another request of the member was first.
      const other = error instanceof Conflict ? await table.get(groupKeyKey(user, tag)) : undefined;
      if (other === undefined) throw error;
      return textOf(other, 'key');
    }
  }

  /**
   * A write that fails a share's transaction when the member shared something else with the group meanwhile: that may be a share which this
   * one has to end. It fails too once an erasure has deleted the row that names the key.
   */
  private async aloneInGroup(user: string, tag: string, key: string): Promise<Write> {
    const row = await this.parts.table.get(groupKeyKey(user, tag));
    if (row?.key?.S !== key) throw new KeyGone("the key of the member's shares with the group was erased");
    const version = numberOf(row, 'version');
    return putRow(
      { ...row, ...toAttributes({ version: version + 1 }) },
      {
        ConditionExpression: '#key = :key AND #version = :was',
        ExpressionAttributeNames: { '#key': 'key', '#version': 'version' },
        ExpressionAttributeValues: { ':key': { S: key }, ':was': { N: `${version}` } },
      },
    );
  }

  /** Deletes the objects of a share that wasn't stored. An error may also follow a transaction that took effect; they stay then. */
  private async discard(user: string, id: string, objects: readonly string[]): Promise<void> {
    if ((await this.parts.table.get(shareKey(user, id))) !== undefined) return;
    for (const object of objects) await this.parts.objects.delete(object);
  }

  private async rows(user: string): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const page of this.parts.table.pages(ofUser(user, SHARES, MOST_SHARES))) rows.push(...page);
    return rows;
  }

  private async endAll(user: string, rows: readonly Row[]): Promise<void> {
    for (const row of rows) await this.parts.table.transact(this.removal(user, row));
    await this.parts.leftovers.clear(user);
  }

  private removal(user: string, row: Row): Write[] {
    const id = idOf(row);
    const files = Array.from({ length: numberOf(row, 'files') }, (_, nth) => nth);
    const objects = [...files.map((nth) => sharedObject(user, id, nth)), ...objectOf(row.object?.S)];
    return [
      deleteRow(keyOf(row), PRESENT),
      deleteRow(pointerKey(id)),
      ...files.map((nth) => deleteRow(sharedFileKey(user, id, nth))),
      ...(objects.length > 0 ? [this.parts.leftovers.note(user, objects)] : []),
    ];
  }

  private cipherOf(key: string): ContentCipher {
    return new ContentCipher(groupKeyring(this.parts.keyring, key), this.parts.objects);
  }
}

/** The object of content that was too large for its row. */
const objectOf = (object: string | undefined): string[] => (object === undefined ? [] : [object]);

const idOf = (row: Row): string => keyOf(row).sk.slice(SHARES.length);

const pointedId = (pointer: Row): string => keyOf(pointer).sk.slice(POINTERS.length);

const ownerOf = (row: Row): string => keyOf(row).pk.slice('user#'.length);

/** @throws ApiError when no group of the member has this name */
function requireGroup(member: Member, group: string): void {
  const param = 'group';
  if (namedGroups(member, param).includes(group)) return;
  const message =
    "'group' must be the name of a group that you are in; a new group counts from your next token on, or where SCIM decides on members, " +
    'within 60 seconds';
  throw new ApiError(400, 'invalid_value', message, { param });
}
