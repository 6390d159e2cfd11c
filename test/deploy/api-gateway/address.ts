import { GetDomainNameCommand } from '@aws-sdk/client-api-gateway';
import { GetApiMappingsCommand } from '@aws-sdk/client-apigatewayv2';
import type { Aws } from '../harness/aws';

/** The API and path that a request is for. */
export interface Address {
  readonly restApiId: string;
  readonly stage: string;
  /** The path in terms of the API's routes. */
  readonly path: string;
  /** The path that the handler receives: under a domain, it includes the API's base path. */
  readonly handlerPath: string;
  /** Whether the request uses the host name that API Gateway assigned to the API. */
  readonly isDefaultEndpoint: boolean;
}

/** @returns undefined if no API is at that host and path */
export async function addressOf(aws: Aws, host: string, pathname: string): Promise<Address | undefined> {
  const name = host.replace(/:\d+$/, '');
  const [, restApiId] = /^(\w+)\.execute-api\.[a-z0-9-]+\.amazonaws\.(?:com|eu)$/.exec(name) ?? [];
  if (restApiId !== undefined) {
    const [, stage = '', ...rest] = pathname.split('/');
    const path = `/${rest.join('/')}`;
    return { restApiId, stage, path, handlerPath: path, isDefaultEndpoint: true };
  }
  // A request for a missing domain is an error of the test; a path that routes to no API isn't.
  await aws.apiGateway.send(new GetDomainNameCommand({ domainName: name }));
  const { Items = [] } = await aws.apiGatewayV2.send(new GetApiMappingsCommand({ DomainName: name }));
  const [found] = Items.filter(({ ApiMappingKey }) => pathname.startsWith(`/${ApiMappingKey}/`)).sort(
    (one, other) => (other.ApiMappingKey ?? '').length - (one.ApiMappingKey ?? '').length,
  );
  if (found === undefined) return undefined;
  const { ApiId = '', Stage = '', ApiMappingKey = '' } = found;
  const path = pathname.slice(ApiMappingKey.length + 1);
  return { restApiId: ApiId, stage: Stage, path, handlerPath: pathname, isDefaultEndpoint: false };
}
