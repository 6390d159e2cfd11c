import type { Bearer } from '../identity/verify-token';
import { Conflict, type ContentTable } from '../store/table';
import { keysRow, toKeys } from './key-row';
import type { SignInState } from './member-key';
import { writeOf } from './member-keys';
import { namedOf } from './named-groups';

/** The most members in memory; one process serves fewer while a sign-in lasts. */
const MOST = 10_000;

type Seen = Pick<SignInState, 'signedInAt' | 'isMember' | 'groups'>;

/**
 * Records when members with keys signed in, whether they still had the role `member`, and in which groups with budgets or courses they were,
 * because a key can't say it. Members without keys leave no trace. A process reads at most once for each sign-in of a member, and writes only what is new.
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
    const { id, signedInAt } = bearer;
    const isMember = bearer.roles.includes('member');
    const groups = namedOf(this.budgetGroups, bearer.groups);
    const known = this.seen.get(id);
    // The token of an earlier session says nothing new.
    const isKnown = known !== undefined && isMember === known.isMember && areSame(groups, known.groups);
    if (isKnown && signedInAt <= known.signedInAt) return;
    if (this.writing.has(id)) return;
    const writing = this.write(bearer, { signedInAt, isMember, groups })
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

  /** What is recorded now; undefined if another process changed it first. */
  private async write({ id, issuedAt }: Bearer, seen: Seen): Promise<Seen | undefined> {
    const row = await this.table.get(keysRow(id));
    if (row === undefined) return seen;
    const found = toKeys(row);
    // Of two sessions, the newest token knows the roles.
    const isNewer = issuedAt > found.seenAt;
    const next: SignInState = {
      signedInAt: Math.max(found.signedInAt, seen.signedInAt),
      seenAt: Math.max(found.seenAt, issuedAt),
      isMember: isNewer ? seen.isMember : found.isMember,
      groups: isNewer ? seen.groups : found.groups,
    };
    const isChanged = next.isMember !== found.isMember || !areSame(next.groups, found.groups);
    if (next.signedInAt !== found.signedInAt || isChanged) {
      try {
        // Only a row that is still there: an erasure may have deleted it meanwhile.
        await this.table.transact([writeOf(id, row, next, found.keys.values(), this.now())]);
      } catch (error) {
        if (error instanceof Conflict) return undefined;
        throw error;
      }
    }
    return seen;
  }
}

/** Whether two selections from one list are the same. */
const areSame = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
  one.length === other.length && one.every((group) => other.includes(group));
