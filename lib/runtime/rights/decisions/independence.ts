import type { DecisionContext } from './context';
import { type Obstacle, obstacleTo, type Person } from './hand-over-people';
import { Refused } from './refused';
import { ChainTooLong, type RoleSources, readHistory } from './role-history';

/**
 * Checks that people may decide together on a request.
 *
 * @param requestedAt in Unix milliseconds
 * @throws Refused if one of them didn't hold their role before the request, or they aren't independent
 */
export async function requireIndependent(
  { roles }: DecisionContext,
  people: readonly Person[],
  requestedAt: number,
): Promise<void> {
  const obstacle = await obstacleOf(required(roles), people, requestedAt);
  if (obstacle !== undefined) throw new Refused(obstacle, MESSAGES[obstacle]);
}

/**
 * Checks that a person held their role before a time, and holds it now.
 *
 * @param time in Unix milliseconds
 * @throws Refused with the message
 */
export async function requireRole(
  { roles }: DecisionContext,
  person: Person,
  time: number,
  message: string,
): Promise<void> {
  const obstacle = await obstacleOf(required(roles), [person], time);
  if (obstacle === 'late') throw new Refused('late', message);
}

function required(roles: RoleSources | undefined): RoleSources {
  if (roles === undefined) throw new Error("this function can't read who gave roles, so it decides on no such request");
  return roles;
}

/** Why people can't decide together on a request of a time, in Unix milliseconds; undefined if they can. */
export async function obstacleOf(
  roles: RoleSources,
  people: readonly Person[],
  at: number,
): Promise<Obstacle | undefined> {
  try {
    return obstacleTo(people, await readHistory(roles, people), at);
  } catch (error) {
    if (error instanceof ChainTooLong) return 'related';
    throw error;
  }
}

const FIX = 'ask another administrator, or an operator of the deployment, who can confirm (docs/OPERATIONS.md)';

const MESSAGES: Readonly<Record<Obstacle, string>> = {
  same: `this takes different people; ${FIX}`,
  late: `everyone who takes part must have held their role before the request was made and hold it now, and one of them doesn't; ${FIX}`,
  related:
    'those who take part must be independent: one of them was given a role by another of them, or two of them by the same person, ' +
    `directly or through others; ${FIX}`,
};
