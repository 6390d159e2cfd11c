import type { ResourceRule } from '../rule/rule';
import { expandAll } from '../template/expand';
import { isMap } from '../template/node';
import { knownText, type Resource, type Selected } from '../template/resource';

/** The properties below `EndpointConfiguration` that hold each type's endpoint type. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::RestApi': ['Types'],
  'AWS::ApiGateway::DomainName': ['Types'],
  'AWS::ApiGateway::DomainNameV2': ['Types'],
  'AWS::Serverless::Api': ['Type', 'Types'],
};

export const apiEndpointEdge: ResourceRule = {
  id: 'api-endpoint-edge',
  title: 'An API has a regional or private endpoint',
  why: 'An edge-optimised endpoint receives requests at edge locations worldwide, and it is the default if no type is set.',
  fix: "Set the endpoint type to 'REGIONAL' or 'PRIVATE' (CDK: `endpointTypes: [EndpointType.REGIONAL]`).",
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html',
  appliesTo: Object.keys(NAMES),

  *check(resource) {
    const imported = importedTypes(resource);
    if (lacksType(resource) && imported === undefined)
      yield { path: '/Properties/EndpointConfiguration', detail: 'no endpoint type is set, and the default is EDGE' };
    for (const { path, value } of [...configuredTypes(resource), ...(imported ?? [])]) {
      const type = knownText(value);
      if (type === undefined) {
        yield { path, level: 'unresolved', detail: 'the endpoint type is known only at deployment and may be EDGE' };
      } else if (type !== 'REGIONAL' && type !== 'PRIVATE') {
        yield { path, value: type, detail: `the endpoint type is '${type}'` };
      }
    }
  },
};

const configuredTypes = (resource: Resource) =>
  (NAMES[resource.type] ?? []).flatMap((name) =>
    resource.select('EndpointConfiguration', name, ...(name === 'Types' ? ['*'] : [])),
  );

/** Whether some variant of the template omits the type, at any level. */
function lacksType(resource: Resource): boolean {
  const { scope } = resource;
  const names = NAMES[resource.type] ?? [];
  return (
    resource.mayLack('EndpointConfiguration') ||
    resource
      .select('EndpointConfiguration')
      .some(({ value }) => isMap(value) && names.every((name) => expandAll(value[name], scope).some(isEmpty)))
  );

  function isEmpty(node: unknown): boolean {
    if (Array.isArray(node)) return node.every((item) => expandAll(item, scope).includes(undefined));
    return node === undefined;
  }
}

/** The endpoint types that an API imported from a definition sets as import parameters; none if a variant may omit them. */
function importedTypes(resource: Resource): Selected[] | undefined {
  if (resource.type !== 'AWS::ApiGateway::RestApi') return undefined;
  if (resource.mayLack('Body') && resource.mayLack('BodyS3Location')) return undefined;
  if (resource.mayLack('Parameters') || resource.mayLack('Parameters', 'endpointConfigurationTypes')) return undefined;
  return resource.select('Parameters', 'endpointConfigurationTypes');
}
