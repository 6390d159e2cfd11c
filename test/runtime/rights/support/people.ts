import { type RightsRules, rulesOf } from '@/lib/runtime/rights/jobs/rules';
import type { Membership } from '@/lib/runtime/workspace/identity/membership';
import type { LocalContent } from '../../workspace/conversations/support/local-content';
import { type RightsProcess, rolesOf } from './rights-process';

export const DAY_MS = 86_400_000;
/** A hand-over of content to `heir`. */
export const HANDED = { recipient: 'heir', reason: 'case 9' };

/** The rights under a workspace's own rules, for people whose roles were given at a known time by known people. */
export const rightsOfPeople = (
  local: LocalContent,
  members: ReadonlyMap<string, Membership>,
  rules: RightsRules = rulesOf({}),
): RightsProcess => local.rights({ rules, roles: rolesOf({ of: async (member) => members.get(member) }) });

/** What a person is answered who requests a path below `/v1/exports`. */
export async function exportsOf(local: LocalContent, user: string, at: string): Promise<Response> {
  const headers = { authorization: `Bearer ${user}` };
  return local.gateway().fetch(new Request(`https://gateway.test/v1/exports${at}`, { headers }));
}
