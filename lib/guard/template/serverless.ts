import type { Finding } from '../finding';
import { expandAll } from './expand';
import { isMap } from './node';
import type { Json } from './parse';
import { entry, type Scope, section } from './scope';
import { eventsOf } from './serverless-events';
import { type MovedPath, merged } from './serverless-globals';

/** The AWS SAM transform. */
export const SERVERLESS = 'AWS::Serverless-2016-10-31';

const PREFIX = 'AWS::Serverless::';

/** A SAM template as SAM processes it. */
interface Serverless {
  readonly template: Json;
  /** Logical ids of generated resources that others may refer to; the resources are checked through their source. */
  readonly made: ReadonlySet<string>;
  /** A finding in the terms of the source file: a value from `Globals` is reported as such. */
  inSourceTerms(finding: Finding): Finding;
}

/** Merges `Globals` into the resources, and adds the resources that SAM generates. */
export function serverless(template: Json, given: Scope): Serverless {
  const { Globals, ...rest } = template;
  const globals = isMap(Globals) ? Globals : {};
  const notes = new Map<string, readonly MovedPath[]>();
  const own = section(rest, 'Resources');
  const resources = Object.fromEntries(
    Object.entries(own).map(([logicalId, resource]) => {
      const moved: MovedPath[] = [];
      notes.set(logicalId, moved);
      return [logicalId, withGlobals(resource, globals, moved)];
    }),
  );
  const scope = { ...given, template: { ...rest, Resources: resources } };
  const implicit = implicitApis(resources, scope).filter(({ logicalId }) => !Object.hasOwn(resources, logicalId));
  for (const { logicalId, resource } of implicit) {
    const moved: MovedPath[] = [];
    notes.set(logicalId, moved);
    resources[logicalId] = withGlobals(resource, globals, moved);
  }
  const made = Object.fromEntries(
    Object.entries(resources).flatMap(([logicalId, resource]) => madeOf(logicalId, resource)),
  );
  const implicitIds = new Set(implicit.map(({ logicalId }) => logicalId));
  return {
    template: { ...rest, Resources: { ...made, ...resources } },
    made: new Set(Object.keys(made).filter((logicalId) => !Object.hasOwn(resources, logicalId))),
    inSourceTerms: (finding) => inSourceTerms(finding, notes.get(finding.logicalId ?? '') ?? [], implicitIds),
  };
}

function withGlobals(resource: unknown, globals: Json, moved: MovedPath[]): unknown {
  if (!isMap(resource) || typeof resource.Type !== 'string' || !resource.Type.startsWith(PREFIX)) return resource;
  const common = entry(globals, resource.Type.slice(PREFIX.length));
  const ignored = resource.IgnoreGlobals;
  const own = resource.Properties ?? {};
  const properties = isMap(common) && ignored !== '*' ? merged(without(common, ignored), own, '', moved) : own;
  return { ...resource, Properties: resource.Type === `${PREFIX}Api` ? withEndpointType(properties) : properties };
}

const without = (common: Json, ignored: unknown): Json =>
  Array.isArray(ignored)
    ? Object.fromEntries(Object.entries(common).filter(([name]) => !ignored.includes(name)))
    : common;

/** SAM also accepts an endpoint type as text. */
function withEndpointType(properties: unknown): unknown {
  if (!isMap(properties)) return properties;
  const given = properties.EndpointConfiguration;
  const isText =
    typeof given === 'string' || (isMap(given) && TEXT_FUNCTIONS.some((name) => Object.hasOwn(given, name)));
  return isText ? { ...properties, EndpointConfiguration: { Type: given } } : properties;
}

const TEXT_FUNCTIONS = ['Ref', 'Fn::FindInMap', 'Fn::Sub', 'Fn::Select'];

const IMPLICIT = [
  { event: 'Api', property: 'RestApiId', logicalId: 'ServerlessRestApi', type: `${PREFIX}Api` },
  { event: 'HttpApi', property: 'ApiId', logicalId: 'ServerlessHttpApi', type: `${PREFIX}HttpApi` },
];

/** The APIs that SAM generates for events that don't name one. */
function implicitApis(resources: Json, scope: Scope): { logicalId: string; resource: unknown }[] {
  const events = Object.values(resources).flatMap((resource) => eventsOf(resource, scope));
  return IMPLICIT.filter(({ event, property, logicalId }) =>
    events.some(({ type, properties }) => type === event && names(properties[property], logicalId, scope)),
  ).map(({ logicalId, type }) => ({ logicalId, resource: { Type: type, Properties: {} } }));
}

/** Whether some variant of an event names the implicit API or none. */
function names(api: unknown, logicalId: string, scope: Scope): boolean {
  if (isMap(api) && api.Ref === logicalId) return true;
  return expandAll(api, scope).includes(undefined);
}

/** The additional resources that SAM generates from a resource and that a template may refer to. */
function madeOf(logicalId: string, resource: unknown): [string, Json][] {
  if (!isMap(resource) || typeof resource.Type !== 'string' || !resource.Type.startsWith(PREFIX)) return [];
  const made = MADE[resource.Type.slice(PREFIX.length)] ?? [];
  const stage = isMap(resource.Properties) ? resource.Properties.StageName : undefined;
  const stages = typeof stage === 'string' ? [[`${stage}Stage`, 'AWS::ApiGateway::Stage']] : [];
  return [...made, ...stages].map(([suffix, Type]): [string, Json] => [`${logicalId}${suffix}`, { Type }]);
}

const MADE: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  Function: [
    ['Role', 'AWS::IAM::Role'],
    ['Url', 'AWS::Lambda::Url'],
    ['.Version', 'AWS::Lambda::Version'],
    ['.Alias', 'AWS::Lambda::Alias'],
  ],
  StateMachine: [['Role', 'AWS::IAM::Role']],
  Api: [
    ['.Stage', 'AWS::ApiGateway::Stage'],
    ['.Deployment', 'AWS::ApiGateway::Deployment'],
    ['ProdStage', 'AWS::ApiGateway::Stage'],
    ['UsagePlan', 'AWS::ApiGateway::UsagePlan'],
    ['ApiKey', 'AWS::ApiGateway::ApiKey'],
  ],
  HttpApi: [
    ['.Stage', 'AWS::ApiGatewayV2::Stage'],
    ['ApiGatewayDefaultStage', 'AWS::ApiGatewayV2::Stage'],
  ],
};

function inSourceTerms(finding: Finding, moved: readonly MovedPath[], implicit: ReadonlySet<string>): Finding {
  const { path = '' } = finding;
  const below = (from: string) => path === `/Properties${from}` || path.startsWith(`/Properties${from}/`);
  const [nearest] = moved.filter(({ from }) => below(from)).sort((a, b) => b.from.length - a.from.length);
  const rest = nearest === undefined ? '' : path.slice(`/Properties${nearest.from}`.length);
  const section = finding.type?.slice(PREFIX.length);
  if (nearest?.global) return withNote(finding, `This is set in /Globals/${section}${nearest.to}${rest}.`);
  if (implicit.has(finding.logicalId ?? ''))
    return withNote(
      finding,
      `SAM creates this API for events that don't name one: set the property under 'Globals', '${section}'.`,
    );
  return nearest === undefined ? finding : { ...finding, path: `/Properties${nearest.to}${rest}` };
}

const withNote = (finding: Finding, note: string): Finding => ({ ...finding, message: `${finding.message} ${note}` });
