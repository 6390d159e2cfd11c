import type { Membership, Memberships } from '../../workspace/identity/membership';
import type { Person, RoleHistory } from './hand-over-people';

/** Where the roles of people are recorded. */
export interface RoleSources {
  readonly memberships: Memberships;
  /**
   * When a user first signed in, in Unix milliseconds; undefined if they never did.
   *
   * @default - none: members aren't users of an identity provider
   */
  readonly firstSignIn?: (member: string) => Promise<number | undefined>;
}

/** The most records that are read for one decision. */
const MOST = 1_000;

/** So many people gave roles to one another that it isn't found out who is independent. */
export class ChainTooLong extends Error {
  public override readonly name = 'ChainTooLong';
}

/** A role without a record was given before the package recorded who gives roles, so before every request that needs one. */
const BEFORE_RECORDS = Number.NEGATIVE_INFINITY;

/**
 * Reads what is recorded of some people, and of everyone who had a part in giving them roles.
 *
 * @throws ChainTooLong
 */
export async function readHistory(
  { memberships, firstSignIn }: RoleSources,
  people: readonly Person[],
): Promise<RoleHistory> {
  const known = new Map<string, Membership | undefined>();
  // A set is iterated in the order of insertion, with what is added meanwhile.
  const found = new Set(people.map(({ id }) => id));
  for (const id of found) {
    if (known.size >= MOST) throw new ChainTooLong();
    const membership = await memberships.of(id);
    known.set(id, membership);
    for (const giver of membership?.givers ?? []) found.add(giver);
  }
  const unrecorded = new Map<string, number | undefined>();
  for (const { id, role } of people) {
    if (known.get(id)?.roles[role] !== undefined) continue;
    unrecorded.set(id, firstSignIn === undefined ? BEFORE_RECORDS : await firstSignIn(id));
  }
  return {
    since: ({ id, role }) => {
      const recorded = known.get(id)?.roles[role];
      if (recorded === undefined) return unrecorded.get(id);
      return recorded.isCurrent ? recorded.at : undefined;
    },
    givers: (id) => known.get(id)?.givers ?? [],
  };
}
