import type { Answer } from '../client';
import type { ModelMember } from '../model/member';
import { require } from '../violation';
import type { World } from '../world';

/** Refusals of a user who is blocked or erased at the same time. */
const REFUSALS: readonly (string | undefined)[] = ['content_erased', 'member_disabled', 'invalid_api_key'];

/** Whether a user may have had no access at some time since then, so that their jobs ended without an answer. */
export const mayHaveEnded = (world: World, { id }: ModelMember, since: number): boolean =>
  world.blocked.has(id) || (world.interruptedAt.get(id) ?? 0) >= since;

/** Whether an answer refuses a user as such. */
export function isRefused(world: World, member: ModelMember, { code, isDone }: Answer): boolean {
  if (isDone || !REFUSALS.includes(code)) return false;
  const mayBeErased = member.state !== 'served' || world.hasLostRequest || world.hasOpenJob(member.id, 'erase');
  require(code !== 'content_erased' ||
    mayBeErased, 'users are served until their erasure begins', `an answer to ${member.id}`, `${code}`);
  require(code === 'content_erased' ||
    world.blocked.has(member.id), 'users are served until they are blocked', `an answer to ${member.id}`, `${code}`);
  return true;
}
