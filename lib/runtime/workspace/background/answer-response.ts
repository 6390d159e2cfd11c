import type { ResponseFault, ResponseObject } from '../../gateway/items/response-object';
import type { FetchHandler } from '../../http/handler/request-env';
import { unlessUseless } from '../store/content-cipher';
import type { BackgroundResponses, Ending } from './background-responses';
import type { Lease } from './running-jobs';
import { type Repeats, sent } from './sent-request';
import { stopOf } from './while-leased';

/** The most workers that start one response: the one that it kills, and two more. */
export const MOST_STARTS = 3;

/** For how long a response may wait for its answer, in milliseconds. */
export const MOST_AGE_MS = 86_400_000;

/** How a step of a response ended, for the log. */
export type Answered = 'answered' | 'failed' | 'cancelled' | 'over';

/**
 * Answers one response through the gateway, which stores it in the transaction that ends the job. What fails for good is stored as a
 * failed response.
 */
export async function answerResponse(
  lease: Lease,
  responses: BackgroundResponses,
  gateway: FetchHandler,
  { signal, now, repeats }: { readonly signal: AbortSignal; readonly now: Date; readonly repeats?: Repeats },
): Promise<Answered> {
  const { running } = lease;
  const settle = async (ending: Ending, as: Answered) =>
    (await responses.settle(running, ending, lease.end)) ? as : 'over';
  if (running.starts >= MOST_STARTS) return settle(failed('server_error', ENDLESS), 'failed');
  if (now.getTime() - running.createdAt > MOST_AGE_MS) return settle(failed('server_error', TOO_OLD), 'failed');
  const deferred = await responses.open(running).catch(unlessUseless);
  if (deferred === undefined) return settle(CANCELLED, 'cancelled');
  const answer = await sent(gateway, '/v1/responses', deferred.body, { signal, again: () => lease.renew(), repeats });
  if (answer.status === 200) return 'answered';
  switch (stopOf(signal)) {
    case 'lost':
    case 'ended':
      return 'over';
    case 'refused':
      return settle(CANCELLED, 'cancelled');
    case 'time':
      return settle(failed('server_error', TOO_LONG), 'failed');
    default:
      return settle(failed(faultOf(answer.status), messageOf(answer.body)), 'failed');
  }
}

/** How the responses of a member end who may not act any more. */
export const CANCELLED: Ending = { status: 'cancelled', error: null };

const failed = (code: ResponseFault, message: string): Ending => ({
  status: 'failed',
  error: { code, message } satisfies ResponseObject['error'],
});

const faultOf = (status: number): ResponseFault => {
  if (status === 429) return 'rate_limit_exceeded';
  return status < 500 ? 'invalid_prompt' : 'server_error';
};

/** The gateway's own words: they quote nothing that a client or a provider sent. */
const messageOf = ({ error }: Readonly<Record<string, unknown>>): string =>
  `${(error as { readonly message?: unknown } | undefined)?.message ?? 'the gateway failed'}`;

const ENDLESS = `this response was started ${MOST_STARTS} times and never ended; send a shorter request`;
const TOO_OLD = 'this response could not be answered within a day; send it again';
const TOO_LONG = 'this response took longer than a worker may run; ask for less at a time';
