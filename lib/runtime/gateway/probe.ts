import type { ModelRequest } from './converse/model-request';
import { embedderOf } from './embeddings/embedder';
import { refusalOf } from './errors/provider-refusal';
import { prepare } from './fit/prepare';
import type { Probe } from './providers/provider-watch';
import type { RequestContext } from './context/request-context';

/** The only content of a probe: no caller has a part in it. */
const TEXT = 'Answer with the word OK.';

const REQUEST: ModelRequest = {
  converse: { messages: [{ role: 'user', content: [{ text: TEXT }] }], inferenceConfig: { maxTokens: 16 } },
  conversationParam: 'messages',
  systemParam: 'messages',
  lengthParam: 'max_tokens',
  severalCalls: true,
};

/** The longest that a probe waits for an answer. */
const PROBE_MS = 5_000;

type Parts = Pick<RequestContext, 'policy' | 'upstream' | 'servers'>;

/**
 * Calls a destination as a request of this context would, with the guardrail of its tenant. With one, a 403 shows nothing about the
 * provider, because it may be the guardrail that is denied.
 */
export function probeBy(parts: Parts): Probe {
  const call = callBy(parts);
  if (parts.policy.guardrails === undefined) return call;
  return (destination) =>
    call(destination).catch((error) => {
      throw refusalOf(error) === 'access' ? new Error('the guardrail may be denied', { cause: error }) : error;
    });
}

function callBy({ policy, upstream, servers }: Parts): Probe {
  return async (destination) => {
    const signal = AbortSignal.timeout(PROBE_MS);
    if (destination.provider !== 'bedrock' && destination.kind === 'embedding')
      return servers.embed(destination, [TEXT], undefined, signal);
    const embedder = destination.provider === 'bedrock' ? embedderOf(destination.modelId) : undefined;
    if (destination.provider === 'bedrock' && embedder !== undefined)
      return upstream.invoke(destination, embedder.body([TEXT]), signal);
    const prepared = prepare(REQUEST, destination, policy);
    if ('cannot' in prepared) throw new Error('the model accepts no probe');
    if (prepared.chat !== undefined || destination.provider !== 'bedrock')
      return servers.answer(destination, prepared.chat ?? REQUEST, signal);
    return upstream.converse(destination, prepared.converse, signal);
  };
}
