import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Aws } from '../harness/aws';
import { type Address, addressOf } from './address';
import { Configuration, type EventBody } from './configuration';
import { DeployedFunction, type Runtime } from './deployed-function';
import { type Arrived, IamAuthorizer } from './iam-authorizer';
import { StreamedInvocations } from './streamed-invocation';

/**
 * A simulated API Gateway on loopback. It accepts a request for a deployed API by the host name of the API or of a domain, follows the
 * API's configuration in the emulator, and streams the deployed function's answer. The emulator's own route doesn't stream.
 */
export class ApiGateway {
  private readonly functions = new Map<string, Promise<DeployedFunction>>();
  private readonly server: Server;
  /** Decides on requests that API Gateway lets IAM authorize. */
  public readonly iam: IamAuthorizer;
  /** Lambda's API on the same port, which gateways with models outside AWS call. */
  public readonly invocations: StreamedInvocations;
  /** The logs of processes that have ended, by function. */
  private readonly earlierLogs = new Map<string, string>();

  constructor(
    private readonly aws: Aws,
    private readonly runtime: Runtime,
  ) {
    this.iam = new IamAuthorizer(aws);
    this.invocations = new StreamedInvocations(aws, (name) => this.function(name));
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error) => {
        if (response.headersSent) response.destroy(error);
        else response.writeHead(500).end(`the simulated API Gateway failed: ${error}`);
      });
    });
  }

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  public function(name: string): Promise<DeployedFunction> {
    const running = this.functions.get(name) ?? DeployedFunction.start(this.aws, name, this.runtimeOfFunctions);
    this.functions.set(name, running);
    return running;
  }

  private get runtimeOfFunctions(): Runtime {
    const AWS_ENDPOINT_URL_LAMBDA = `http://127.0.0.1:${this.port}`;
    return {
      ...this.runtime,
      environment: { ...this.runtime.environment, AWS_ENDPOINT_URL_LAMBDA },
      identity: async (name) => {
        const identity = await this.runtime.identity(name);
        this.invocations.register(identity);
        return identity;
      },
    };
  }

  /** Stops a function's process, so that the next call starts one without any state, as Lambda does after idle time. */
  public async restart(name: string): Promise<void> {
    this.earlierLogs.set(name, await this.logged(name));
    await (await this.functions.get(name))?.stop();
    this.functions.delete(name);
  }

  /** Restarts all functions, as Lambda does after a change. */
  public async restartAll(): Promise<void> {
    for (const name of [...this.functions.keys()]) await this.restart(name);
  }

  /** Everything that a function has written to its log, in all of its processes. */
  public async logged(name: string): Promise<string> {
    return `${this.earlierLogs.get(name) ?? ''}${(await this.functions.get(name))?.logged ?? ''}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    for (const running of this.functions.values()) await (await running).stop();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = request.headers.host ?? '';
    const { pathname, searchParams } = new URL(request.url ?? '', `http://${host}`);
    const verb = request.method ?? '';
    const body = await buffer(request);
    if (StreamedInvocations.is(pathname))
      return this.invocations.serve(request, new URL(request.url ?? '', `http://${host}`), body, response);
    const address = await addressOf(this.aws, host, pathname);
    if (!address) return forbid(response);
    const { restApiId, stage, path } = address;
    const configuration = await Configuration.read(this.aws, restApiId, stage);
    if (address.isDefaultEndpoint && !configuration.hasDefaultEndpoint) return forbid(response);
    const refuse = (type: string) => {
      const { status, headers, body } = configuration.answer(type);
      response.writeHead(status, headers).end(body);
    };

    const route = configuration.route(verb, path);
    if (!route) return refuse('MISSING_AUTHENTICATION_TOKEN');
    // API Gateway's authorizer would also verify the token; here, only the function does.
    if (route.requires === 'token' && !request.headers.authorization) return refuse('UNAUTHORIZED');
    const caller =
      route.requires === 'signature'
        ? await this.iam.decide(arrived(request, pathname, searchParams, body), configuration.arnOf(stage, verb, path))
        : undefined;
    if (caller && 'refusal' in caller) return refuse(caller.refusal);
    if (!configuration.mayInvoke(route.functionName, stage, verb, path)) return refuse('API_CONFIGURATION_ERROR');
    const running = await this.function(route.functionName);
    running.invoke(
      event(request, {
        resource: route.resource,
        address,
        query: searchParams,
        userArn: caller?.userArn,
        body: configuration.body(request.headers['content-type'], body),
      }),
      {
        onMetadata: ({ statusCode, headers }) => response.writeHead(statusCode, headers).flushHeaders(),
        onChunk: (chunk) => response.write(chunk),
        onEnd: () => response.end(),
        onFailure: () => (response.headersSent ? response.destroy() : refuse('INTEGRATION_FAILURE')),
      },
    );
  }
}

/** API Gateway's answer where there is no API. */
const forbid = (response: ServerResponse): void =>
  void response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"Forbidden"}');

/** What a signature covers. */
function arrived(request: IncomingMessage, path: string, query: URLSearchParams, body: Buffer): Arrived {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { method: request.method ?? '', path, query, headers, body: body.toString() };
}

/** The event of a REST API's proxy integration. */
function event(request: IncomingMessage, { resource, address, query, userArn, body }: ProxyRequest) {
  const { stage, path, handlerPath, isDefaultEndpoint } = address;
  const names = [...new Set(query.keys())];
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  const fullPath = isDefaultEndpoint ? `/${stage}${path}` : handlerPath;
  return {
    resource,
    path: handlerPath,
    httpMethod: request.method,
    headers: Object.fromEntries(headers),
    multiValueHeaders: Object.fromEntries(headers.map(([name, value]) => [name, [value]])),
    queryStringParameters: names.length === 0 ? null : Object.fromEntries(query),
    multiValueQueryStringParameters:
      names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, query.getAll(name)])),
    pathParameters: { proxy: path.replace(/^\/v1\//, '') },
    stageVariables: null,
    requestContext: {
      stage,
      resourcePath: resource,
      httpMethod: request.method,
      path: fullPath,
      ...(userArn && { identity: { userArn } }),
    },
    ...body,
  };
}

interface ProxyRequest {
  readonly resource: string;
  readonly address: Address;
  readonly query: URLSearchParams;
  /** The caller, where IAM authorized the request. */
  readonly userArn?: string;
  readonly body: EventBody;
}
