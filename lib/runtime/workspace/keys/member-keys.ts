import { endOfCourse } from '../../../contract/courses';
import type { Place } from '../../gateway/keys/key-form';
import type { Member, MemberKeyUse } from '../../http/member';
import type { ContentCipher } from '../store/content-cipher';
import { retryChange } from '../store/retry-change';
import { numberOf, type Row, toAttributes, toKey } from '../store/row';
import type { ContentTable } from '../store/table';
import { absentOrExpired, atVersion, deleteRow, putRow, type Write } from '../store/writes';
import { ApiError } from './api-error';
import type { Courses } from './courses';
import { isKeyId, newMemberKey } from './key-form';
import { provenName, withProof } from './key-proof';
import { keysRow, toAttribute, toKeys } from './key-row';
import { stopsAt } from './member-access';
import { type KeysOfMember, MAX_KEYS, type MemberKey, type SignInState } from './member-key';
import { namedOf } from './named-groups';

/** What a member chooses about a new key. */
export interface NewMemberKey extends Omit<MemberKeyUse, 'id'>, Pick<MemberKey, 'ends'> {
  readonly name: string;
}

/** A key as its member sees it. Times are in Unix seconds. */
export interface KeyObject {
  readonly id: string;
  readonly object: 'api_key';
  readonly name: string;
  readonly created_at: number;
  readonly expires_at: number;
  /** When it stops unless the member signs in again; never later than `expires_at`. */
  readonly stops_at: number;
  readonly models: readonly string[] | null;
  /** The ID of the course that it charges. */
  readonly course: string | null;
  readonly limits: {
    readonly requests_per_minute: number | null;
    readonly tokens_per_day: number | null;
    readonly tokens_per_month: number | null;
    readonly usd_per_month: number | null;
  };
}

export interface MemberKeysParts {
  readonly table: ContentTable;
  readonly cipher: ContentCipher;
  readonly kind: Place;
  readonly signInWithinDays: number;
  /** @default - the workspace has no courses */
  readonly courses?: Courses;
  /**
   * The groups that have budgets or courses, if tokens name groups.
   *
   * @default - none has, or SCIM decides
   */
  readonly budgetGroups?: readonly string[];
  readonly now: () => Date;
}

/** The API keys of members, each visible to and changed by its own member alone. */
export class MemberKeys {
  constructor(private readonly parts: MemberKeysParts) {}

  /**
   * Creates a key. Keys of the member that have expired are deleted.
   *
   * @returns the key with its secret, which exists nowhere else
   * @throws ApiError when the member has the maximum number of keys
   */
  public async create(member: Member, { name, ...chosen }: NewMemberKey): Promise<KeyObject & { key: string }> {
    const { table, cipher, kind, now } = this.parts;
    const { id, key: secret, stored } = newMemberKey(member.id, kind);
    const createdAt = now().getTime();
    const key = await withProof(cipher, member.id, { id, ...stored, ...chosen, createdAt }, name);
    const state = await retryChange(table, async () => {
      const row = await table.get(keysRow(member.id));
      const found = row && toKeys(row);
      const live = [...(found?.keys.values() ?? [])].filter(({ ends }) => createdAt < ends);
      if (live.length >= MAX_KEYS) throw tooManyKeys();
      const current = this.withSignIn(found, member);
      return { writes: [writeOf(member.id, row, current, [...live, key], now())], result: current };
    });
    return { ...(await this.toObject(member, state, key)), key: secret };
  }

  /** The keys of a member, oldest first, expired ones included. */
  public async list(member: Member): Promise<KeyObject[]> {
    const row = await this.parts.table.get(keysRow(member.id));
    if (row === undefined) return [];
    const found = toKeys(row);
    const keys = [...found.keys.values()].sort((a, b) => a.createdAt - b.createdAt);
    const state = this.withSignIn(found, member);
    return Promise.all(keys.map((key) => this.toObject(member, state, key)));
  }

  /**
   * Deletes a key, with everything that recognises it.
   *
   * @throws ApiError when the member has no such key
   */
  public revoke({ id: member }: Member, id: string): Promise<void> {
    const { table, now } = this.parts;
    return retryChange(table, async () => {
      const row = isKeyId(id) ? await table.get(keysRow(member)) : undefined;
      const found = row && toKeys(row);
      if (row === undefined || found?.keys.has(id) !== true) throw keyNotFound();
      const left = [...found.keys.values()].filter((key) => key.id !== id);
      // Without keys, nothing needs to know when the member signed in.
      const write =
        left.length === 0
          ? deleteRow(keysRow(member), atVersion(numberOf(row, 'version')))
          : writeOf(member, row, found, left, now());
      return { writes: [write], result: undefined };
    });
  }

  private async toObject({ id: user }: Member, { signedInAt }: SignInState, key: MemberKey): Promise<KeyObject> {
    const { cipher, signInWithinDays, courses } = this.parts;
    const course = key.course === undefined ? undefined : courses?.find(key.course);
    const ends = Math.min(key.ends, course === undefined ? Number.POSITIVE_INFINITY : endOfCourse(course).getTime());
    return {
      id: key.id,
      object: 'api_key',
      name: await provenName(cipher, user, key),
      created_at: seconds(key.createdAt),
      expires_at: seconds(key.ends),
      stops_at: seconds(Math.min(ends, stopsAt(signedInAt, signInWithinDays).getTime())),
      models: key.models ?? null,
      course: key.course ?? null,
      limits: shownLimits(key),
    };
  }

  /** What is known of a member who makes a request with a token of the role `member`. */
  private withSignIn(found: KeysOfMember | undefined, { signIn, groups = [] }: Member): SignInState {
    if (signIn === undefined) throw new Error('the keys of a member are administered with a token only');
    const isNewest = signIn.issuedAt >= (found?.seenAt ?? 0);
    return {
      signedInAt: Math.max(found?.signedInAt ?? 0, signIn.signedInAt),
      seenAt: Math.max(found?.seenAt ?? 0, signIn.issuedAt),
      // A newer token may have had no role: an older one doesn't start stopped keys again.
      isMember: isNewest || (found?.isMember ?? true),
      groups: isNewest ? namedOf(this.parts.budgetGroups ?? [], groups) : found?.groups,
    };
  }
}

/** The caps of a key as its member sees them. */
export const shownLimits = (key: Omit<MemberKeyUse, 'id'>): KeyObject['limits'] => ({
  requests_per_minute: key.requestsPerMinute ?? null,
  tokens_per_day: key.tokensPerDay ?? null,
  tokens_per_month: key.tokensPerMonth ?? null,
  usd_per_month: key.usdPerMonth ?? null,
});

const seconds = (ms: number): number => Math.floor(ms / 1_000);

/** For so long after the end of the last key, its member can see in the list which key has ended. */
const SHOWN_MS = 30 * 86_400_000;

/** Writes the row of a member's keys, if it hasn't changed since it was read. It expires after its last key. */
export function writeOf(
  user: string,
  row: Row | undefined,
  { signedInAt, seenAt, isMember, groups = [] }: SignInState,
  keys: Iterable<MemberKey>,
  now: Date,
): Write {
  const all = [...keys];
  const version = row === undefined ? 0 : numberOf(row, 'version');
  const expiresAt = seconds(Math.max(...all.map(({ ends }) => ends)) + SHOWN_MS);
  return putRow(
    {
      ...toKey(keysRow(user)),
      ...toAttributes({ version: version + 1, signedInAt, seenAt, expiresAt }),
      isMember: { BOOL: isMember },
      ...(groups.length > 0 && { groups: { L: groups.map((S) => ({ S })) } }),
      keys: { M: Object.fromEntries(all.map((key) => [key.id, toAttribute(key)])) },
    },
    row === undefined ? absentOrExpired(now) : atVersion(version),
  );
}

const keyNotFound = () => new ApiError(404, 'key_not_found', 'you have no API key with this id', { param: 'key_id' });

const tooManyKeys = () =>
  new ApiError(409, 'too_many_keys', `you have ${MAX_KEYS} API keys, which is the maximum; delete one of them first`);
