import type { Actor } from './job';
import type { Next, Rights } from './rights';

/**
 * Does the steps of a job one after the other, until it is over or has to wait.
 *
 * @param actor whose steps may be done here; anybody's when left out
 * @param until when to stop between two steps, in milliseconds; never when left out
 */
export async function runJob(
  rights: Rights,
  id: string,
  actor?: Actor,
  until = Number.POSITIVE_INFINITY,
): Promise<Next> {
  for (;;) {
    const next = await rights.advance(id, actor);
    const isOthers = actor !== undefined && next.actor !== actor;
    if (next.actor === undefined || next.notBefore !== undefined || isOthers || Date.now() >= until) return next;
  }
}
