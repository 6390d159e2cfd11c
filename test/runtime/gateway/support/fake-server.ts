import { LLMock } from '@copilotkit/aimock';
import type { DeclaredProvider } from '@/lib/boundary/declared-provider';
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

/** A kind of destination: one of the two, or a declared provider by its name. */
export type ServerKind = 'openai' | 'vpc' | (typeof PROVIDERS)[number]['name'];

/** Providers outside AWS, each with another form of the protocol. */
export const PROVIDERS = [
  {
    name: 'azure-eu',
    service: 'azure',
    resource: 'contoso-eu',
    region: 'germanywestcentral',
    accepted: 'our DPO accepts it',
    zeroRetention: 'M-1',
    schemasMayLeave: true,
    deployments: ['gpt-5.2', 'text-embedding-3-small'].map((name) => ({
      name,
      sku: 'DataZoneStandard',
      model: name,
      readOn: new Date().toISOString().slice(0, 10),
    })),
  },
  {
    name: 'mistral-eu',
    service: 'mistral',
    accepted: 'our DPO accepts it',
    zeroRetention: 'M-2',
    schemasMayLeave: true,
  },
  { name: 'stackit-eu', service: 'stackit', schemasMayLeave: true },
] as const satisfies readonly DeclaredProvider[];

const KEYS = new Map<string, Readonly<Record<string, string>>>([
  ['azure-eu', { 'api-key': 'az-test' }],
  ['mistral-eu', { authorization: 'Bearer mi-test' }],
  ['stackit-eu', { authorization: 'Bearer st-test' }],
]);

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
    const transport = (sent: Call) => {
      this.calls.push({ url: sent.url.href, headers: sent.headers, body: JSON.parse(sent.body) });
      const call = sent.url.hostname === 'api.eu.mistral.ai' ? asMistral(sent) : sent;
      const here = new URL(call.url.pathname.replace(/^\/openai(?=\/)/, ''), this.mock.url);
      return send({ ...call, url: call.url.protocol === 'https:' ? here : call.url });
    };
    return new OpenAiServers({ transport, openAiKey: 'sk-test', keys: KEYS });
  }

  /** A policy whose models are all of one kind of destination. */
  public policy(kind: ServerKind, over: Partial<GatewayPolicy> = {}): GatewayPolicy {
    return { ...serverPolicy(kind, `${this.mock.url}/v1`), ...over };
  }
}

/** Mistral refuses fields that it doesn't know, and reports the usage of a stream without being asked. */
function asMistral(call: Call): Call {
  const body = JSON.parse(call.body);
  const unknown = ['stream_options', 'max_completion_tokens', 'store'].find((field) => field in body);
  if (unknown !== undefined) throw new Error(`Mistral: extra_forbidden: ${unknown}`);
  return body.stream ? { ...call, body: JSON.stringify({ ...body, stream_options: { include_usage: true } }) } : call;
}

/**
 * A policy whose models are all of one kind of destination.
 *
 * @param server the base URL of the server in the VPC
 */
export function serverPolicy(kind: ServerKind, server: string): GatewayPolicy {
  const at = (model: string, does: 'text' | 'embedding') => {
    if (kind === 'openai') return { openai: model };
    if (kind === 'vpc') return { server, model, kind: does, region: 'eu-central-1' };
    return { provider: kind, model, kind: does };
  };
  return {
    ...PROJECT,
    ...(kind === 'openai' && { openai: TERMS }),
    ...(kind !== 'openai' && kind !== 'vpc' && { providers: PROVIDERS }),
    models: [
      { id: 'assistant', destinations: [at('gpt-5.2', 'text')] },
      { id: 'embed', destinations: [at('text-embedding-3-small', 'embedding')] },
    ],
  };
}
