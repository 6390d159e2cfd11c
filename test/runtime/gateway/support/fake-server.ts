import { LLMock } from '@copilotkit/aimock';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { OpenAiServers } from '@/lib/runtime/gateway/openai/openai-servers';
import { type Call, nodeTransport } from '@/lib/runtime/gateway/openai/transport';
import { PROJECT } from './policies';

/** A request that left the gateway. */
export interface SentCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever was sent
  readonly body: any;
}

export const TERMS = { reason: 'our DPO accepts Switzerland', zeroRetention: true, schemasMayLeave: true };

/** A server on this machine that speaks OpenAI's protocol, and stands for OpenAI's own as well. */
export class FakeServer {
  public readonly mock = new LLMock({ port: 0, logLevel: 'silent' });
  public readonly calls: SentCall[] = [];

  public async start(): Promise<this> {
    await this.mock.start();
    return this;
  }

  public async stop(): Promise<void> {
    await this.mock.stop();
  }

  public reset(): void {
    this.calls.length = 0;
    this.mock.clearFixtures();
    this.mock.clearRequests();
  }

  /** What calls the servers; a call of OpenAI's host is noted as it is, and led here. */
  public servers(): OpenAiServers {
    const send = nodeTransport();
    const transport = (call: Call) => {
      this.calls.push({ url: call.url.href, headers: call.headers, body: JSON.parse(call.body) });
      const here = new URL(call.url.pathname, this.mock.url);
      return send({ ...call, url: call.url.protocol === 'https:' ? here : call.url });
    };
    return new OpenAiServers({ transport, openAiKey: 'sk-test' });
  }

  /** A policy whose models are all of one kind of destination. */
  public policy(kind: 'openai' | 'vpc', over: Partial<GatewayPolicy> = {}): GatewayPolicy {
    return { ...serverPolicy(kind, `${this.mock.url}/v1`), ...over };
  }
}

/**
 * A policy whose models are all of one kind of destination.
 *
 * @param server the base URL of the server in the VPC
 */
export function serverPolicy(kind: 'openai' | 'vpc', server: string): GatewayPolicy {
  const at = (model: string, does: 'text' | 'embedding') =>
    kind === 'openai' ? { openai: model } : { server, model, kind: does, region: 'eu-central-1' };
  return {
    ...PROJECT,
    ...(kind === 'openai' && { openai: TERMS }),
    models: [
      { id: 'assistant', destinations: [at('gpt-5.2', 'text')] },
      { id: 'embed', destinations: [at('text-embedding-3-small', 'embedding')] },
    ],
  };
}
