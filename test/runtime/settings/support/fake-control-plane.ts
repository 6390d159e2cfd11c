import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ControlPlane } from '@/lib/runtime/settings/control-plane';

/** The behaviour of Bedrock's control plane in a Region. It can be changed between calls. */
export interface FakeRegion {
  mode: string;
  logging?: Record<string, unknown>;
  /** Regions by profile id. */
  profiles: Record<string, readonly string[]>;
  /** The lifecycle by model id, or that there is no such model; every other model is active. */
  lifecycles?: Record<string, Record<string, unknown> | 'missing'>;
  /** Answers each call with this error instead, or only `times` calls. */
  error?: { status: number; name: string; times?: number; only?: string; afterSet?: boolean };
  /** A mode that no Put changes. */
  stuck?: boolean;
}

/** A received call. */
export interface ControlCall {
  readonly region: string;
  readonly action: string;
  readonly body: string;
}

const ACTIONS: Record<string, string> = {
  'GET /data-retention': 'GetAccountDataRetention',
  'PUT /data-retention': 'PutAccountDataRetention',
  'GET /logging/modelinvocations': 'GetModelInvocationLoggingConfiguration',
};

/** Bedrock's control plane in several Regions, each on its own port, with the SDK's REST-JSON protocol. */
export class FakeControlPlane {
  public readonly calls: ControlCall[] = [];
  public readonly regions = new Map<string, FakeRegion>();
  private readonly servers = new Map<string, Server>();

  public async start(...codes: readonly string[]): Promise<this> {
    for (const code of codes) {
      const server = createServer((request, response) => void this.answer(code, request, response));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      this.servers.set(code, server);
    }
    this.reset();
    return this;
  }

  public async stop(): Promise<void> {
    for (const server of this.servers.values()) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  /** Returns every Region to its initial settings. */
  public reset(): void {
    this.calls.length = 0;
    for (const code of this.servers.keys()) this.regions.set(code, { mode: 'inherit', profiles: {} });
  }

  public region(code: string): FakeRegion {
    return this.regions.get(code) as FakeRegion;
  }

  public get modes(): Record<string, string> {
    return Object.fromEntries([...this.regions].map(([code, { mode }]) => [code, mode]));
  }

  /** The package's own client, directed to this server. */
  public control(): ControlPlane {
    return new ControlPlane((region) => ({ region, endpoint: this.endpoint(region), ...CALLS }), 1);
  }

  public endpoint(region: string): string {
    const server = this.servers.get(region);
    if (server === undefined) throw new Error(`no fake of ${region}`);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  private async answer(code: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url = '' } = request;
    const profile = /^\/inference-profiles\/(.+)$/.exec(url)?.[1];
    const model = /^\/foundation-models\/(.+)$/.exec(url)?.[1];
    const named = profile === undefined ? model && 'GetFoundationModel' : 'GetInferenceProfile';
    const action = named ?? ACTIONS[`${method} ${url}`] ?? `${method} ${url}`;
    this.calls.push({ region: code, action, body });
    const [status, name, value] = this.outcome(code, action, body, decodeURIComponent(profile ?? model ?? ''));
    response.writeHead(status, { 'content-type': 'application/json', ...(name && { 'x-amzn-errortype': name }) });
    response.end(JSON.stringify(name ? { message: 'CANARY of the provider' } : value));
  }

  private concerns(
    { only, afterSet = false }: NonNullable<FakeRegion['error']>,
    action: string,
    code: string,
  ): boolean {
    return (only ?? action) === action && (!afterSet || this.region(code).mode === 'none');
  }

  private outcome(code: string, action: string, body: string, id: string): [number, string, unknown] {
    const state = this.region(code);
    const { error } = state;
    if (error !== undefined && this.concerns(error, action, code) && (error.times ?? 1) > 0) {
      if (error.times !== undefined) error.times -= 1;
      return [error.status, error.name, undefined];
    }
    switch (action) {
      case 'PutAccountDataRetention':
        if (state.stuck !== true) state.mode = JSON.parse(body).mode;
        return [200, '', { mode: state.mode, updatedAt: '2026-11-24T08:00:00Z' }];
      case 'GetAccountDataRetention':
        return [200, '', { mode: state.mode, updatedAt: '2026-11-24T08:00:00Z' }];
      case 'GetModelInvocationLoggingConfiguration':
        return [200, '', state.logging === undefined ? {} : { loggingConfig: state.logging }];
      case 'GetInferenceProfile': {
        const regions = state.profiles[id];
        return regions === undefined
          ? [404, 'ResourceNotFoundException', undefined]
          : [200, '', profileOf(id, regions)];
      }
      case 'GetFoundationModel': {
        const modelLifecycle = state.lifecycles?.[id] ?? { status: 'ACTIVE' };
        return modelLifecycle === 'missing'
          ? [404, 'ResourceNotFoundException', undefined]
          : [
              200,
              '',
              {
                modelDetails: {
                  modelArn: `arn:aws:bedrock:${code}::foundation-model/${id}`,
                  modelId: id,
                  modelLifecycle,
                },
              },
            ];
      }
      default:
        return [404, 'UnknownOperationException', undefined];
    }
  }
}

const profileOf = (id: string, regions: readonly string[]) => ({
  inferenceProfileName: id,
  inferenceProfileArn: `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/${id}`,
  inferenceProfileId: id,
  status: 'ACTIVE',
  type: 'SYSTEM_DEFINED',
  models: regions.map((region) => ({ modelArn: `arn:aws:bedrock:${region}::foundation-model/${id.slice(3)}` })),
});

const CALLS = {
  credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
  maxAttempts: 2,
  retryMode: 'standard',
} as const;
