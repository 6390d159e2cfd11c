import {
  GetGatewayResponsesCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStageCommand,
  type Method,
} from '@aws-sdk/client-api-gateway';
import { GetPolicyCommand } from '@aws-sdk/client-lambda';
import type { Aws } from '../harness/aws';
import { ACCOUNT } from '../harness/emulator';
import { type Statement, statementsOf } from '../read-back/policy';

/** An answer that API Gateway gives itself. */
export interface GatewayResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The function that a request is routed to. */
export interface Route {
  readonly resource: string;
  /** What API Gateway requires before it calls the function: a user pool token, or the signature of a caller with permission for the call. */
  readonly requires?: 'token' | 'signature';
  readonly functionName: string;
}

/** What each type of authorization requires of a request. */
const REQUIRED: Readonly<Record<string, Route['requires']>> = {
  AWS_IAM: 'signature',
  COGNITO_USER_POOLS: 'token',
  NONE: undefined,
};

/** A request's body, as an event contains it. */
export interface EventBody {
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

/** A deployed REST API's configuration, as the emulator stores it. None of it is read from our own code. */
export class Configuration {
  private constructor(
    /** How the ARNs of the API start. */
    private readonly arn: string,
    private readonly routes: readonly { readonly path: string; readonly verb: string; readonly method: Method }[],
    private readonly answers: ReadonlyMap<string, GatewayResponse>,
    private readonly permissions: ReadonlyMap<string, readonly Statement[]>,
    private readonly binaryTypes: readonly string[],
    /** Whether the host name that API Gateway assigned is enabled. */
    public readonly hasDefaultEndpoint: boolean,
  ) {}

  public static async read(aws: Aws, restApiId: string, stageName: string): Promise<Configuration> {
    await aws.apiGateway.send(new GetStageCommand({ restApiId, stageName }));
    const { items } = await aws.apiGateway.send(new GetResourcesCommand({ restApiId, embed: ['methods'] }));
    const routes = (items ?? []).flatMap(({ path = '', resourceMethods }) =>
      Object.entries(resourceMethods ?? {}).map(([verb, method]) => ({ path, verb, method })),
    );
    const responses = await aws.apiGateway.send(new GetGatewayResponsesCommand({ restApiId, limit: 500 }));
    const answers = (responses.items ?? []).map(
      ({ responseType = '', statusCode, responseTemplates, responseParameters }) =>
        [responseType, gatewayResponse(statusCode, responseTemplates, responseParameters)] as const,
    );
    const names = new Set(routes.map(({ method }) => functionOf(method)));
    const permissions = await Promise.all(
      [...names].map(async (FunctionName) => {
        const { Policy } = await aws.lambda.send(new GetPolicyCommand({ FunctionName }));
        return [FunctionName, statementsOf(JSON.parse(Policy ?? ''))] as const;
      }),
    );
    const { binaryMediaTypes = [], disableExecuteApiEndpoint } = await aws.apiGateway.send(
      new GetRestApiCommand({ restApiId }),
    );
    return new Configuration(
      `arn:${aws.partition}:execute-api:${aws.region}:${ACCOUNT}:${restApiId}`,
      routes,
      new Map(answers),
      new Map(permissions),
      binaryMediaTypes,
      disableExecuteApiEndpoint !== true,
    );
  }

  /** @returns undefined if no method matches, which API Gateway treats as a missing token */
  public route(verb: string, path: string): Route | undefined {
    const found = this.routes.find((route) => ['ANY', verb].includes(route.verb) && matches(route.path, path));
    if (!found) return undefined;
    const { authorizationType } = found.method;
    if (authorizationType === undefined || !(authorizationType in REQUIRED))
      throw new Error(
        `the simulated API Gateway has no authorization of type ${authorizationType}; add it in test/deploy/api-gateway`,
      );
    return { resource: found.path, requires: REQUIRED[authorizationType], functionName: functionOf(found.method) };
  }

  /** The ARN of a method, with the path of a request. */
  public arnOf(stage: string, verb: string, path: string): string {
    return `${this.arn}/${stage}/${verb}${path}`;
  }

  /** Whether the function's own policy permits this API to call it. */
  public mayInvoke(functionName: string, stage: string, verb: string, path: string): boolean {
    const source = this.arnOf(stage, verb, path);
    return (this.permissions.get(functionName) ?? []).some(({ Effect, Condition }) => {
      const pattern = Object.values(Condition?.ArnLike ?? {})[0];
      return Effect === 'Allow' && typeof pattern === 'string' && like(pattern, source);
    });
  }

  /** Only the API's binary media types arrive unchanged; API Gateway decodes every other body as text. */
  public body(type = '', bytes: Buffer): EventBody {
    const isBase64Encoded = this.binaryTypes.includes(type.split(';')[0]?.trim() ?? '');
    const body = bytes.toString(isBase64Encoded ? 'base64' : 'utf8');
    return { body: body === '' ? null : body, isBase64Encoded };
  }

  public answer(type: string): GatewayResponse {
    const answer = this.answers.get(type);
    if (answer === undefined) throw new Error(`the API has no gateway response ${type}`);
    return answer;
  }
}

function functionOf({ methodIntegration }: Method): string {
  const { type, uri = '', responseTransferMode } = methodIntegration ?? {};
  const name = /:function:([^/:]+)\/response-streaming-invocations$/.exec(uri)?.[1];
  if (type !== 'AWS_PROXY' || responseTransferMode !== 'STREAM' || !name)
    throw new Error(
      `the simulated API Gateway only streams from a function, got ${type} ${uri}; extend test/deploy/api-gateway`,
    );
  return name;
}

function gatewayResponse(
  status = '',
  templates: Readonly<Record<string, string>> = {},
  parameters: Readonly<Record<string, string>> = {},
): GatewayResponse {
  const headers = Object.entries(parameters).map(([name, value]) => [
    name.replace('gatewayresponse.header.', '').toLowerCase(),
    value.replace(/^'|'$/g, ''),
  ]);
  const body = templates['application/json'] ?? '{}';
  return {
    status: Number(status),
    headers: { 'content-type': 'application/json', ...Object.fromEntries(headers) },
    body,
  };
}

/** `/v1/{proxy+}` matches every path under `/v1/`. */
function matches(resource: string, path: string): boolean {
  const pattern = resource.replace(/\{\w+\+\}/g, '.+').replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(path);
}

const like = (pattern: string, value: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(value);
