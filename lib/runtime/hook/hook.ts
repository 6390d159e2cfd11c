import { type Fetch, fetchPayload } from './fetch-payload';
import { HookError } from './hook-error';
import { type HookIds, type HookRequest, idsOf, toHookRequest } from './hook-event';
import { type HookLog, writeHookLog } from './hook-log';
import { allowed, type HookResponse, refused } from './hook-response';
import { approval, refusal } from './message';
import { requirePayloadUrl } from './payload-url';
import type { HookPolicy } from './policy';
import { subjectOf } from './subject';
import { checkOperation, type Verdict } from './verdict';

/** The dependencies of the hook. */
export interface HookOptions {
  /** Read for each verdict, so that an unreadable policy is refused with that reason. */
  readonly policy: () => HookPolicy;
  /** The function's Region, to which the checked stacks are deployed. */
  readonly region: string | undefined;
  readonly fetch?: Fetch;
  readonly checkOperation?: typeof checkOperation;
  readonly log?: (entry: HookLog) => void;
  /** The time that decides whether exceptions have expired. */
  readonly now?: () => Date;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

type Outcome = Omit<HookLog, 'event' | 'durationMs' | keyof HookIds>;

/**
 * The handler of a CloudFormation Lambda hook. It never throws: it refuses an operation that it can't check, with a message that
 * says so. Deletions pass, so that a stack can always be deleted.
 */
export function createHook(options: HookOptions): (event: unknown) => Promise<HookResponse> {
  const log = options.log ?? writeHookLog;
  return async (event) => {
    const begin = performance.now();
    const ids = idsOf(event);
    const [response, outcome] = await answer(event, ids.requestId ?? '', options);
    log({ event: 'hook', ...ids, ...outcome, durationMs: Math.round(performance.now() - begin) });
    return response;
  };
}

async function answer(event: unknown, token: string, options: HookOptions): Promise<[HookResponse, Outcome]> {
  try {
    const request = toHookRequest(event);
    if (request.action === 'DELETE_PRE_PROVISION') {
      return [allowed(token, 'a deletion moves no data, so it is not checked'), { outcome: 'allowed' }];
    }
    const verdict = await verdictOn(request, options);
    const { resources, findings, exceptions } = verdict;
    const seen = { resources, findings: findings.length, exceptions: exceptions.length };
    if (findings.length === 0)
      return [allowed(token, approval(verdict, request.stack)), { outcome: 'allowed', ...seen }];
    const rules = [...new Set(findings.map(({ rule }) => rule))];
    return [refused(token, 'NonCompliant', refusal(verdict, request.stack)), { outcome: 'refused', ...seen, rules }];
  } catch (error) {
    return failed(token, error);
  }
}

async function verdictOn(request: HookRequest, options: HookOptions): Promise<Verdict> {
  const { region, timeoutMs = 8_000, maxBytes = 16_000_000 } = options;
  if (!region) throw new HookError('region', "'AWS_REGION' is not set, so the stack's Region isn't known");
  const policy = options.policy();
  const subject = await subjectOf(request, (url) =>
    fetchPayload(requirePayloadUrl(url, policy.boundary, region), {
      fetch: options.fetch ?? fetch,
      timeoutMs,
      maxBytes,
    }),
  );
  const place = { stack: request.stack, deployRegion: region, now: options.now?.() ?? new Date() };
  return (options.checkOperation ?? checkOperation)(subject, policy, place);
}

function failed(token: string, error: unknown): [HookResponse, Outcome] {
  const known = error instanceof HookError;
  // The message of an unexpected error may quote the template.
  const what = known ? error.message : 'an unexpected error in the guard; report it, with the request id of its log';
  return [
    refused(token, 'InternalFailure', `the residency guard itself failed, so the operation is refused: ${what}`),
    { outcome: 'failed', failure: known ? error.failure : 'guard' },
  ];
}
