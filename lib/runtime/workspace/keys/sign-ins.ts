import type { Bearer } from '../identity/verify-token';
import { Conflict, type ContentTable } from '../store/table';
import { keysRow, toKeys } from './key-row';
import type { SignInState } from './member-key';
import { writeOf } from './member-keys';
import { namedOf } from './named-groups';

/** The most members in memory; one process serves fewer while a sign-in lasts. */
const MOST = 10_000;

/** How long a process assumes that a member has no keys. */
const ABSENT_MS = 60_000;

/** Up to which token and sign-in the row of a member's keys has been compared. */
interface Seen {
  /** In Unix seconds, as is `signedInAt`. */
  readonly issuedAt: number;
  readonly signedInAt: number;
  /** When another read is due, in Unix milliseconds. */
  readonly until: number;
}

/**
 * Records when members with keys signed in, whether they still had the role `member`, and in which groups with budgets or courses they were,
 * because a key can't say it. Members without keys leave no trace. A process reads once for each token of a member with keys, because
 * another process may have seen a token in between, and writes only what is new.
 */
export class SignIns {
  private readonly seen = new Map<string, Seen>();
  private readonly writing = new Map<string, Promise<void>>();

  /** @param budgetGroups the groups that have budgets or courses, if tokens name groups; of other groups nothing is recorded */
  constructor(
    private readonly table: ContentTable,
    private readonly now: () => Date,
    private readonly budgetGroups: readonly string[] = [],
  ) {}

  /** Receives the bearer of each valid token. No answer waits for that; what fails is tried again with the next request. */
  public readonly record = (bearer: Bearer): void => {
    const { id, signedInAt, issuedAt } = bearer;
    const known = this.seen.get(id);
    if (known !== undefined && this.now().getTime() < known.until) {
      // An older token of an earlier session says nothing new.
      if (issuedAt <= known.issuedAt && signedInAt <= known.signedInAt) return;
    }
    if (this.writing.has(id)) return;
    const writing = this.write(bearer)
      .then((seen) => this.remember(id, seen))
      .catch(() => {})
      .finally(() => this.writing.delete(id));
    this.writing.set(id, writing);
  };

  /** Resolves once every sign-in is recorded, or could not be recorded for now. */
  public async settled(): Promise<void> {
    await Promise.all(this.writing.values());
  }

  private remember(id: string, seen: Seen | undefined): void {
    if (seen === undefined) return;
    if (this.seen.size >= MOST) this.seen.clear();
    this.seen.set(id, seen);
  }

  /** Up to where the row is compared now; undefined if another process changed it first. */
  private async write({ id, signedInAt, issuedAt, roles, groups }: Bearer): Promise<Seen | undefined> {
    const row = await this.table.get(keysRow(id));
    // The first key may be made with an older token, in another process.
    if (row === undefined) return { signedInAt, issuedAt, until: this.now().getTime() + ABSENT_MS };
    const found = toKeys(row);
    // Of two sessions, the newest token knows the roles.
    const isNewer = issuedAt > found.seenAt;
    const next: SignInState = {
      signedInAt: Math.max(found.signedInAt, signedInAt),
      seenAt: Math.max(found.seenAt, issuedAt),
      isMember: isNewer ? roles.includes('member') : found.isMember,
      groups: isNewer ? namedOf(this.budgetGroups, groups) : found.groups,
    };
    const isChanged = next.isMember !== found.isMember || !areSame(next.groups, found.groups);
    // A token that may say less must also outlast an older one that arrives later.
    const outlasts = isNewer && (this.budgetGroups.length > 0 || !next.isMember);
    if (next.signedInAt !== found.signedInAt || isChanged || outlasts) {
      try {
        // Only a row that is still there: an erasure may have deleted it meanwhile.
        await this.table.transact([writeOf(id, row, next, found.keys.values(), this.now())]);
      } catch (error) {
        if (error instanceof Conflict) return undefined;
        throw error;
      }
    }
    return { signedInAt: next.signedInAt, issuedAt: next.seenAt, until: Number.POSITIVE_INFINITY };
  }
}

/** Whether two selections from one list are the same. */
const areSame = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
  one.length === other.length && one.every((group) => other.includes(group));
