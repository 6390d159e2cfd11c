import { knownText } from '../template/resource';
import type { ResourceRule } from './rule';

/** Where each type says which kind of endpoint it has. */
const ENDPOINT_TYPE: Record<string, string[][]> = {
  'AWS::ApiGateway::RestApi': [['EndpointConfiguration', 'Types', '*']],
  'AWS::ApiGateway::DomainName': [['EndpointConfiguration', 'Types', '*']],
  'AWS::Serverless::Api': [
    ['EndpointConfiguration', 'Type'],
    ['EndpointConfiguration', 'Types', '*'],
  ],
};

export const apiEndpointEdge: ResourceRule = {
  id: 'api-endpoint-edge',
  title: 'An API has a regional or private endpoint',
  why: 'An edge-optimised endpoint takes requests in at edge locations worldwide, and it is the default when no type is given.',
  fix: "Set the endpoint type to 'REGIONAL' or 'PRIVATE' (CDK: `endpointTypes: [EndpointType.REGIONAL]`).",
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html',
  appliesTo: Object.keys(ENDPOINT_TYPE),

  *check(resource) {
    const paths = ENDPOINT_TYPE[resource.type] ?? [];
    const found = paths.flatMap((path) => resource.select(...path));
    const absent = found.length === 0 || resource.mayLack('EndpointConfiguration');
    if (absent) {
      yield { path: '/Properties/EndpointConfiguration', detail: 'no endpoint type is given, and the default is EDGE' };
    }
    for (const { path, value } of found) {
      const type = knownText(value);
      if (type === undefined) {
        yield { path, level: 'unresolved', detail: 'the endpoint type is known only at deploy, and it may be EDGE' };
      } else if (type !== 'REGIONAL' && type !== 'PRIVATE') {
        yield { path, value: type, detail: `the endpoint type is '${type}'` };
      }
    }
  },
};
