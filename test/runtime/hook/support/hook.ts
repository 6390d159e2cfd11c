import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { NO_DECLARATIONS } from '@/lib/guard/declarations/declarations';
import { createHook, type HookOptions } from '@/lib/runtime/hook/hook';
import type { HookLog } from '@/lib/runtime/hook/hook-log';
import type { HookPolicy } from '@/lib/runtime/hook/policy';

/** What a hook without declarations checks with. */
export const EU: HookPolicy = { boundary: ResidencyBoundary.eu(), declarations: NO_DECLARATIONS };

/** A hook in Frankfurt, for the EU; its log is kept. */
export function hookIn(options: Partial<HookOptions>) {
  const log: HookLog[] = [];
  const answer = createHook({
    policy: () => EU,
    region: 'eu-central-1',
    fetch: () => Promise.reject(new Error('nothing was to be fetched')),
    log: (entry) => log.push(entry),
    ...options,
  });
  return { answer, log };
}
