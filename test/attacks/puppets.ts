import type { Seen, Target } from './target';

/** A person that an attacker controls, with their roles. */
export interface Puppet {
  readonly id: string;
  readonly roles: readonly string[];
}

const ROLES = ['member', 'admin', 'auditor'];

/** Sends a request in the name of a person. */
export const decideBy = (target: Target, by: Puppet, method: string, path: string, body?: object): Promise<Seen> =>
  target.send({ by, method, path, body });

/** Has an administrator add a person with every role. */
export async function addMember(target: Target, by: Puppet, name: string): Promise<Puppet> {
  const { status, body } = await decideBy(target, by, 'POST', '/admin/v1/members', { name, roles: ROLES });
  if (status !== 201) throw new Error(`a puppet couldn't be added: ${status} ${body.slice(0, 300)}`);
  return { id: JSON.parse(body).id, roles: ROLES };
}
