import { createGateway, type Gateway, type GatewayOptions } from '../../../../lib/runtime/gateway/app';
import { type GatewayPolicy, parsePolicy } from '../../../../lib/runtime/gateway/policy';
import type { RequestLog } from '../../../../lib/runtime/gateway/request-log';
import { admit } from '../../../../lib/runtime/gateway/serving';

/** A gateway for a policy, with what it logged. */
export function gatewayFor(
  policy: GatewayPolicy,
  bedrock: GatewayOptions['bedrock'],
): { gateway: Gateway; log: RequestLog[] } {
  const log: RequestLog[] = [];
  const serving = admit(parsePolicy(JSON.stringify(policy)));
  return { gateway: createGateway({ serving, bedrock, log: (entry) => log.push(entry) }), log };
}

/** A Bedrock that must not be called. */
export const NO_BEDROCK: GatewayOptions['bedrock'] = {
  converse: () => {
    throw new Error('bedrock was called');
  },
};

/** A request for a chat, as a client sends it. */
export function chat(body: unknown, headers: Record<string, string> = {}): Request {
  return new Request('https://gateway.test/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
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
