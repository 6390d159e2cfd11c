import {
  GetGatewayResponsesCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStageCommand,
  type Method,
} from '@aws-sdk/client-api-gateway';
import { GetPolicyCommand } from '@aws-sdk/client-lambda';
import type { Aws } from '../machine/aws';
import { ACCOUNT } from '../machine/emulator';
import { type Statement, statementsOf } from '../read-back/policy';

/** What API Gateway answers itself. */
export interface OwnAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Where a request goes. */
export interface Route {
  readonly resource: string;
  /** Whether API Gateway asks for a token of a user pool before the function does. */
  readonly asksForToken: boolean;
  readonly functionName: string;
}

/** A request's body, as an event has it. */
export interface EventBody {
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

/** A deployed REST API, as it is configured in the emulator. Nothing of it is read from our own code. */
export class Configuration {
  private constructor(
    private readonly api: string,
    private readonly routes: readonly { readonly path: string; readonly verb: string; readonly method: Method }[],
    private readonly answers: ReadonlyMap<string, OwnAnswer>,
    private readonly permissions: ReadonlyMap<string, readonly Statement[]>,
    private readonly binaryTypes: readonly string[],
    /** Whether it answers by the name that API Gateway gave it. */
    public readonly hasOwnName: boolean,
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
        [responseType, ownAnswer(statusCode, responseTemplates, responseParameters)] as const,
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
      restApiId,
      routes,
      new Map(answers),
      new Map(permissions),
      binaryMediaTypes,
      disableExecuteApiEndpoint !== true,
    );
  }

  /** @returns none where API Gateway finds no method, which it takes for a missing token */
  public route(verb: string, path: string): Route | undefined {
    const found = this.routes.find((route) => ['ANY', verb].includes(route.verb) && matches(route.path, path));
    if (!found) return undefined;
    const { authorizationType } = found.method;
    if (authorizationType !== 'COGNITO_USER_POOLS' && authorizationType !== 'NONE')
      throw new Error(`the front has no authorization of type ${authorizationType}; add it in test/deploy/front`);
    const asksForToken = authorizationType === 'COGNITO_USER_POOLS';
    return { resource: found.path, asksForToken, functionName: functionOf(found.method) };
  }

  /** Whether the function's own policy lets this API call it. */
  public mayInvoke(functionName: string, stage: string, verb: string, path: string): boolean {
    const source = `arn:aws:execute-api:eu-central-1:${ACCOUNT}:${this.api}/${stage}/${verb}${path}`;
    return (this.permissions.get(functionName) ?? []).some(({ Effect, Condition }) => {
      const pattern = Object.values(Condition?.ArnLike ?? {})[0];
      return Effect === 'Allow' && typeof pattern === 'string' && like(pattern, source);
    });
  }

  /** Only types that the API says are binary arrive as they were sent; all else becomes text, whatever it was. */
  public body(type = '', bytes: Buffer): EventBody {
    const isBase64Encoded = this.binaryTypes.includes(type.split(';')[0]?.trim() ?? '');
    const body = bytes.toString(isBase64Encoded ? 'base64' : 'utf8');
    return { body: body === '' ? null : body, isBase64Encoded };
  }

  public answer(type: string): OwnAnswer {
    const answer = this.answers.get(type);
    if (answer === undefined) throw new Error(`the API has no gateway response ${type}`);
    return answer;
  }
}

function functionOf({ methodIntegration }: Method): string {
  const { type, uri = '', responseTransferMode } = methodIntegration ?? {};
  const name = /:function:([^/:]+)\/response-streaming-invocations$/.exec(uri)?.[1];
  if (type !== 'AWS_PROXY' || responseTransferMode !== 'STREAM' || !name)
    throw new Error(`the front only streams from a function, got ${type} ${uri}; extend test/deploy/front`);
  return name;
}

function ownAnswer(
  status = '',
  templates: Readonly<Record<string, string>> = {},
  parameters: Readonly<Record<string, string>> = {},
): OwnAnswer {
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

/** `/v1/{proxy+}` takes everything under `/v1/`. */
function matches(resource: string, path: string): boolean {
  const pattern = resource.replace(/\{\w+\+\}/g, '.+').replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(path);
}

const like = (pattern: string, value: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(value);
