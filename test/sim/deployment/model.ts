import { echoUpstream } from '@/lib/local/echo/echo';
import type { Upstream } from '@/lib/runtime/gateway/context/request-context';
import type { Random } from '../engine/random';
import type { Process } from '../stores/process';

/** What is noted of the model's calls, and of those who make them. */
export interface ModelUse {
  /** A model was asked something. */
  called(text: string, process: Process): void;
  /** A worker ran a job. */
  afterRun(job: string, isTroubled: boolean): void;
  /** A model answered, and the process that had asked was still there. */
  answered(tokens: number): void;
}

/** How long an answer takes. A worker's requests may take longer than a lease, or than a step of a batch. */
const SHORT_MS = 2_000;
const LONG_MS = 200_000;

/** The part of a worker's requests that take long. */
const LONG = 0.03;

/** The model as a process reaches it: it repeats what it was told, after some time in which the process may end. */
export function modelOf(process: Process, random: Random, use: ModelUse, isSlow: boolean): Upstream {
  return {
    ...echoUpstream,
    converse: async (destination, request, signal) => {
      const most = isSlow && random.chance(LONG) ? LONG_MS : SHORT_MS;
      const answer = await process.call('model', random.between(100, most), () => {
        use.called(JSON.stringify(request.messages), process);
        return echoUpstream.converse(destination, request, signal);
      });
      signal?.throwIfAborted();
      use.answered(answer.usage?.totalTokens ?? 0);
      return answer;
    },
  };
}
