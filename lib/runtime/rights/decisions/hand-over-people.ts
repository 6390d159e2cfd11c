import type { MemberRole } from '../../../contract/roles';

/** A person who decides, with the role in which they do. */
export interface Person {
  readonly id: string;
  readonly role: MemberRole;
}

/** The three people of a hand-over, by their ids. */
export interface HandOverPeople {
  /** The administrator who requests it. */
  readonly requester: string;
  /** The administrator who releases it. */
  readonly releaser: string;
  /** The member who receives it. */
  readonly recipient: string;
}

/** What is known of roles, for everyone who had a part in giving them. */
export interface RoleHistory {
  /** Since when a person has held a role, in Unix milliseconds; undefined if they don't hold it. */
  since(person: Person): number | undefined;
  /** Everyone who ever gave this person a role. */
  givers(id: string): Iterable<string>;
}

/** Why people can't decide together. */
export type Obstacle = 'same' | 'late' | 'related';

/**
 * Why these people can't decide together on a request; undefined if they can. They are different people, each held their role before the
 * request, and no person gave roles to two of them, or to one of them and is the other, directly or through others.
 *
 * @param requestedAt in Unix milliseconds
 */
export function obstacleTo(people: readonly Person[], history: RoleHistory, requestedAt: number): Obstacle | undefined {
  if (new Set(people.map(({ id }) => id)).size < people.length) return 'same';
  // A role that isn't known to be held counts as given later.
  if (people.some((person) => !((history.since(person) ?? requestedAt) < requestedAt))) return 'late';
  const counted = new Set<string>();
  for (const { id } of people) {
    for (const one of originOf(id, history)) {
      if (counted.has(one)) return 'related';
      counted.add(one);
    }
  }
  return undefined;
}

/** The three people of a hand-over, each with the role in which they take part. */
export const peopleOf = ({ requester, releaser, recipient }: HandOverPeople): readonly Person[] => [
  { id: requester, role: 'admin' },
  { id: releaser, role: 'admin' },
  recipientOf(recipient),
];

/** The person who receives a hand-over. */
export const recipientOf = (id: string): Person => ({ id, role: 'member' });

/** A person, everyone who gave them a role, everyone who gave those a role, and so on. */
function originOf(id: string, { givers }: Pick<RoleHistory, 'givers'>): ReadonlySet<string> {
  const origin = new Set([id]);
  // A set is iterated in the order of insertion, with what is added meanwhile.
  for (const one of origin) for (const giver of givers(one)) origin.add(giver);
  return origin;
}
