import type { Membership, Memberships } from '../../workspace/identity/membership';
import type { Person, RoleHistory } from './hand-over-people';

/** Where the roles of people are recorded. */
export interface RoleSources {
  readonly memberships: Memberships;
  /**
   * Since when a person who holds a role now has been a user, in Unix milliseconds; undefined if there is no such user, or they don't
   * hold the role. It is asked about roles without a record: those that haven't changed since roles are recorded, or that an operator
   * or an identity provider gave.
   */
  readonly unrecorded: (person: Person) => Promise<number | undefined>;
}

/** The most records that are read for one decision. */
const MOST = 1_000;

/** So many people gave roles to one another that it isn't found out who is independent. */
export class ChainTooLong extends Error {
  public override readonly name = 'ChainTooLong';
}

/**
 * Reads what is recorded of some people, and of everyone who had a part in giving them roles.
 *
 * @throws ChainTooLong
 */
export async function readHistory(roles: RoleSources, people: readonly Person[]): Promise<RoleHistory> {
  const known = new Map<string, Membership | undefined>();
  // A set is iterated in the order of insertion, with what is added meanwhile.
  const found = new Set(people.map(({ id }) => id));
  for (const id of found) {
    if (known.size >= MOST) throw new ChainTooLong();
    const membership = await roles.memberships.of(id);
    known.set(id, membership);
    for (const giver of membership?.givers ?? []) found.add(giver);
  }
  const since = new Map<string, number | undefined>();
  for (const person of people) {
    if (known.get(person.id)?.roles[person.role] !== undefined) continue;
    since.set(person.id, await roles.unrecorded(person));
  }
  return {
    since: ({ id, role }) => {
      const recorded = known.get(id)?.roles[role];
      if (recorded === undefined) return since.get(id);
      return recorded.isCurrent ? recorded.at : undefined;
    },
    givers: (id) => known.get(id)?.givers ?? [],
  };
}
