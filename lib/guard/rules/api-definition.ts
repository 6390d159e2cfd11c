import { checkHost } from '../places/check-host';
import type { ResourceRule, RuleContext, Violation } from '../rule/rule';
import { below, everyMap } from '../template/every-map';
import { expand } from '../template/expand';
import { jsonIn } from '../template/nesting';
import { isMap, Reference, Unresolved } from '../template/node';
import type { Resource, Selected } from '../template/resource';

/** The property that holds each type's definition, and the one that names a file instead. */
const PROPERTIES: Readonly<Record<string, { readonly inline: string; readonly elsewhere: string }>> = {
  'AWS::ApiGateway::RestApi': { inline: 'Body', elsewhere: 'BodyS3Location' },
  'AWS::ApiGatewayV2::Api': { inline: 'Body', elsewhere: 'BodyS3Location' },
  'AWS::Serverless::Api': { inline: 'DefinitionBody', elsewhere: 'DefinitionUri' },
  'AWS::Serverless::HttpApi': { inline: 'DefinitionBody', elsewhere: 'DefinitionUri' },
};

export const apiDefinition: ResourceRule = {
  id: 'api-definition',
  title: "An API's definition sends requests only to hosts known to be inside the boundary",
  why: 'An integration in an OpenAPI definition sends every request to its URI, just like an integration in the template.',
  fix: "Declare the host under 'places' (host, country, reason), or integrate with a service in the Region. Put the definition in the template (CDK: `ApiDefinition.fromInline`).",
  source:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html',
  appliesTo: Object.keys(PROPERTIES),

  *check(resource, context) {
    const { inline = '', elsewhere = '' } = PROPERTIES[resource.type] ?? {};
    for (const { path } of resource.select(elsewhere))
      yield { path, level: 'unresolved', detail: 'the definition is in a file that the template only refers to' };
    for (const { path, value } of resource.select(inline)) {
      const definition = typeof value === 'string' ? jsonIn(value) : value;
      if (isMap(definition)) yield* hostsOf({ path, value: definition }, resource, context);
      else yield { path, level: 'unresolved', detail: `the definition can't be read: ${whyUnread(definition)}` };
    }
  },
};

function* hostsOf({ path, value }: Selected, { scope }: Resource, context: RuleContext): Generator<Violation> {
  const variantsOf = (node: unknown) => expand(node, scope);
  for (const { path: pointer, map } of everyMap(value, path, variantsOf)) {
    for (const integration of integrationsOf(map, pointer)) {
      for (const variant of variantsOf(integration.node)) {
        if (!isMap(variant))
          yield { path: integration.path, level: 'unresolved', detail: 'the integration is known only at deployment' };
        else
          for (const uri of variantsOf(variant.uri))
            yield* checkHost({ path: below(integration.path, 'uri'), value: uri }, context);
      }
    }
  }
}

/** An operation has its own integration; components hold named integrations that several operations share. */
function integrationsOf(map: Readonly<Record<string, unknown>>, path: string): { path: string; node: unknown }[] {
  const own = 'x-amazon-apigateway-integration';
  const shared = 'x-amazon-apigateway-integrations';
  const named = map[shared];
  return [
    ...(Object.hasOwn(map, own) ? [{ path: below(path, own), node: map[own] }] : []),
    ...Object.entries(isMap(named) ? named : {}).map(([name, node]) => ({
      path: below(below(path, shared), name),
      node,
    })),
  ];
}

function whyUnread(value: unknown): string {
  if (value instanceof Unresolved) return value.reason;
  return value instanceof Reference ? `'${value.logicalId}' returns it at deployment` : "it isn't JSON";
}
