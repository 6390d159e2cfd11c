import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { createGateway, type GatewayOptions } from '@/lib/runtime/gateway/app';
import type { Upstream } from '@/lib/runtime/gateway/context/request-context';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import type { OperationsRecord } from '@/lib/runtime/http/records/operations';
import type { ResidencyRecord } from '@/lib/runtime/http/records/residency-record';

export interface Fixture {
  readonly gateway: FetchHandler;
  /** The residency record of each request. */
  readonly records: ResidencyRecord[];
  readonly operations: OperationsRecord[];
}

/** A gateway for a policy, with what it recorded. It never waits before it tries again. */
export function gatewayFor(policy: GatewayPolicy, upstream: Upstream, options: Partial<GatewayOptions> = {}): Fixture {
  const records: ResidencyRecord[] = [];
  const operations: OperationsRecord[] = [];
  const gateway = createGateway({
    policy: admitPolicy(parsePolicy(JSON.stringify(policy))),
    upstream,
    record: (record, operation) => {
      records.push(record);
      operations.push(operation);
    },
    ...options,
    resilience: { retryDelayMs: 1, ...options.resilience },
  });
  return { gateway, records, operations };
}

const called = () => {
  throw new Error('bedrock was called');
};

/** A Bedrock that must not be called. */
export const NO_BEDROCK: Upstream = { converse: called, converseStream: called, invoke: called };

/** A request for a chat, as a client sends it. */
export const chat = (body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal): Request =>
  post('chat/completions', body, headers, signal);

/** A request of any endpoint. */
export function post(path: string, body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal): Request {
  return new Request(`https://gateway.test/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal,
  });
}

/** The least that a chat needs. */
export const HELLO = { model: 'assistant', messages: [{ role: 'user', content: 'hello' }] };

/** The error of an answer, in OpenAI's form. */
export async function errorOf(response: Response) {
  const { error } = (await response.json()) as {
    error: { message: string; type: string; param: string; code: string };
  };
  return { status: response.status, ...error };
}
