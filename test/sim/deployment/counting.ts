import type { MiddlewareHandler } from 'hono';
import type { Table } from '@/lib/runtime/aws/table';
import { DynamoDbCounters } from '@/lib/runtime/gateway/limits/dynamodb-counters';
import { Limits } from '@/lib/runtime/gateway/limits/limits';
import type { LimitsOf } from '@/lib/runtime/gateway/limits/rate-limited';
import { tokensOf } from '@/lib/runtime/gateway/limits/windows';
import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import { WORKSPACE } from './workspace';

/** What counts the use of members, and resolves once everything is counted. */
export interface Counting {
  readonly middleware: MiddlewareHandler;
  readonly settled: () => Promise<void>;
}

/** Counts tokens as a deployment does. */
export function countTokens(table: Table, limitsOf: LimitsOf): Counting {
  const limits = new Limits(new DynamoDbCounters(table), limitsOf);
  return { middleware: limits.middleware as MiddlewareHandler, settled: () => limits.settled() };
}

/** Counts one token for each response: without jobs, only the erasure of counts is simulated. */
export function countResponses(table: Table): Counting {
  const counters = new DynamoDbCounters(table);
  return {
    middleware: async (c, next) => {
      await next();
      const { member } = c.var;
      if (c.req.path === '/v1/responses' && c.res.status === 200 && member !== undefined) {
        await counters.add(tokensOf(WORKSPACE, new Date(), member.id).counter, 1);
      }
    },
    settled: async () => {},
  };
}

/** An API whose answers end once they are counted: a function that has returned is frozen. */
export const withSettled = (api: FetchHandler, { settled }: Counting): FetchHandler => ({
  fetch: async (request) => {
    const answer = await api.fetch(request);
    const content = await answer.arrayBuffer();
    await settled();
    return new Response(content.byteLength === 0 ? null : content, answer);
  },
});
