import { GetDomainNameCommand } from '@aws-sdk/client-api-gateway';
import { GetApiMappingsCommand } from '@aws-sdk/client-apigatewayv2';
import type { Aws } from '../machine/aws';

/** Which API a request is for. */
export interface Address {
  readonly restApiId: string;
  readonly stage: string;
  /** As the API's routes have it. */
  readonly path: string;
  /** As the handler is given it: under a domain with what leads to the API. */
  readonly given: string;
  /** Whether it came by the name that API Gateway gave the API. */
  readonly isOwnName: boolean;
}

/** @returns none where no API is at that host and path */
export async function addressOf(aws: Aws, host: string, pathname: string): Promise<Address | undefined> {
  const name = host.replace(/:\d+$/, '');
  const [, restApiId] = /^(\w+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com$/.exec(name) ?? [];
  if (restApiId !== undefined) {
    const [, stage = '', ...rest] = pathname.split('/');
    const path = `/${rest.join('/')}`;
    return { restApiId, stage, path, given: path, isOwnName: true };
  }
  // A domain that isn't there is an error of the test; one that leads nowhere isn't.
  await aws.apiGateway.send(new GetDomainNameCommand({ domainName: name }));
  const { Items = [] } = await aws.apiGatewayV2.send(new GetApiMappingsCommand({ DomainName: name }));
  const [found] = Items.filter(({ ApiMappingKey }) => pathname.startsWith(`/${ApiMappingKey}/`)).sort(
    (one, other) => (other.ApiMappingKey ?? '').length - (one.ApiMappingKey ?? '').length,
  );
  if (found === undefined) return undefined;
  const { ApiId = '', Stage = '', ApiMappingKey = '' } = found;
  const path = pathname.slice(ApiMappingKey.length + 1);
  return { restApiId: ApiId, stage: Stage, path, given: pathname, isOwnName: false };
}
