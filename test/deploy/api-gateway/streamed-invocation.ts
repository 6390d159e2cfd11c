import type { IncomingMessage, ServerResponse } from 'node:http';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { frame } from '@/test/runtime/gateway/egress/support/fake-lambda';
import { Aws, type Identity } from '../harness/aws';
import { ACCOUNT } from '../harness/emulator';
import type { DeployedFunction } from './deployed-function';
import { signatureOf } from './signature';

const PATH = /^\/2021-11-15\/functions\/([^/]+)\/response-streaming-invocations$/;

/** An invocation that Lambda admitted or refused. */
export interface Invoked {
  /** The function's ARN with the alias. */
  readonly arn: string;
  readonly status: number;
}

/**
 * Lambda's API `InvokeWithResponseStream`, by which a gateway calls the egress function. It verifies the caller's signature; then the emulator
 * decides with a dry run of `Invoke`, which needs the same permission, and by the policy of the endpoint in the caller's network.
 */
export class StreamedInvocations {
  /** All invocations so far. */
  public readonly invoked: Invoked[] = [];
  private readonly callers = new Map<string, Identity>();

  constructor(
    private readonly aws: Aws,
    private readonly start: (functionName: string) => Promise<DeployedFunction>,
  ) {}

  /** The emulator gives no secret of a session away, so callers are registered first. */
  public register(identity: Identity): void {
    this.callers.set(identity.accessKeyId, identity);
  }

  /** Whether a path is one of this API. */
  public static is(path: string): boolean {
    return PATH.test(path);
  }

  public async serve(request: IncomingMessage, url: URL, body: Buffer, response: ServerResponse): Promise<void> {
    const named = decodeURIComponent(PATH.exec(url.pathname)?.[1] ?? '');
    const functionName = named.split(':').at(-1) ?? '';
    const arn = `arn:aws:lambda:${this.aws.region}:${ACCOUNT}:function:${functionName}:${url.searchParams.get('Qualifier')}`;
    const caller = await this.callerOf(request, url, body);
    const status = caller === undefined ? 403 : await this.decide(caller, arn);
    this.invoked.push({ arn, status });
    if (status !== 200) {
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"Message":"refused"}');
      return;
    }
    const running = await this.start(functionName);
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    running.invoke(
      JSON.parse(body.toString()),
      {
        onMetadata: () => undefined,
        onChunk: (chunk) => void response.write(frame('PayloadChunk', chunk)),
        onEnd: () => void response.end(frame('InvokeComplete')),
        onFailure: (reason) =>
          void response.end(frame('InvokeComplete', { ErrorCode: 'Unhandled', ErrorDetails: reason })),
      },
      arn,
    );
  }

  /** The caller whose signature the request has; none if it isn't valid. */
  private async callerOf(request: IncomingMessage, url: URL, body: Buffer): Promise<Identity | undefined> {
    const { authorization = '' } = request.headers;
    const [, key = '', names = ''] =
      /^AWS4-HMAC-SHA256 Credential=(\w+)\/\S+, ?SignedHeaders=([\w;-]+), ?Signature=\w{64}$/.exec(authorization) ?? [];
    const caller = this.callers.get(key);
    if (caller === undefined) return undefined;
    const headers = Object.fromEntries(names.split(';').map((name) => [name, String(request.headers[name] ?? '')]));
    const expected = await signatureOf(
      { method: 'POST', path: url.pathname, query: url.searchParams, headers, body: body.toString() },
      caller,
      'lambda',
    );
    return authorization.endsWith(`Signature=${expected}`) ? caller : undefined;
  }

  /** The status with which Lambda answers this caller. */
  private async decide(caller: Identity, arn: string): Promise<number> {
    const { lambda } = new Aws(this.aws.endpoint, this.aws.region, caller);
    try {
      await lambda.send(new InvokeCommand({ FunctionName: arn, InvocationType: 'DryRun' }));
      return 200;
    } catch (error) {
      return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 500;
    }
  }
}
