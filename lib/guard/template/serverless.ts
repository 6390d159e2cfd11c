import type { Finding } from '../finding';
import { expandAll } from './expand';
import { isMap } from './node';
import type { Json } from './parse';
import { entry, type Scope, section } from './scope';
import { eventsOf } from './serverless-events';
import { type Moved, merged } from './serverless-globals';

/** The transform of AWS SAM. */
export const SERVERLESS = 'AWS::Serverless-2016-10-31';

const PREFIX = 'AWS::Serverless::';

/** A SAM template as SAM reads it. */
interface Serverless {
  readonly template: Json;
  /** Logical ids that SAM makes and others may refer to; what they are made of is judged where it is written. */
  readonly made: ReadonlySet<string>;
  /** A finding in the words of the file: what `Globals` says is told as such. */
  told(finding: Finding): Finding;
}

/** Merges `Globals` into the resources, and adds what SAM makes of them. */
export function serverless(template: Json, given: Scope): Serverless {
  const { Globals, ...rest } = template;
  const globals = isMap(Globals) ? Globals : {};
  const notes = new Map<string, readonly Moved[]>();
  const own = section(rest, 'Resources');
  const resources = Object.fromEntries(
    Object.entries(own).map(([logicalId, resource]) => {
      const moved: Moved[] = [];
      notes.set(logicalId, moved);
      return [logicalId, withGlobals(resource, globals, moved)];
    }),
  );
  const scope = { ...given, template: { ...rest, Resources: resources } };
  const implicit = implicitApis(resources, scope).filter(({ logicalId }) => !Object.hasOwn(resources, logicalId));
  for (const { logicalId, resource } of implicit) {
    const moved: Moved[] = [];
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
    told: (finding) => told(finding, notes.get(finding.logicalId ?? '') ?? [], implicitIds),
  };
}

function withGlobals(resource: unknown, globals: Json, moved: Moved[]): unknown {
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

/** SAM takes the type of an endpoint as a text as well. */
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

/** The APIs that SAM makes for events which name none. */
function implicitApis(resources: Json, scope: Scope): { logicalId: string; resource: unknown }[] {
  const events = Object.values(resources).flatMap((resource) => eventsOf(resource, scope));
  return IMPLICIT.filter(({ event, property, logicalId }) =>
    events.some(({ type, properties }) => type === event && names(properties[property], logicalId, scope)),
  ).map(({ logicalId, type }) => ({ logicalId, resource: { Type: type, Properties: {} } }));
}

/** Whether an event names the implicit API, or none, in some variant. */
function names(api: unknown, logicalId: string, scope: Scope): boolean {
  if (isMap(api) && api.Ref === logicalId) return true;
  return expandAll(api, scope).includes(undefined);
}

/** What SAM makes beside a resource and a template may refer to. */
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

function told(finding: Finding, moved: readonly Moved[], implicit: ReadonlySet<string>): Finding {
  const { path = '' } = finding;
  const below = (from: string) => path === `/Properties${from}` || path.startsWith(`/Properties${from}/`);
  const [nearest] = moved.filter(({ from }) => below(from)).sort((a, b) => b.from.length - a.from.length);
  const rest = nearest === undefined ? '' : path.slice(`/Properties${nearest.from}`.length);
  const section = finding.type?.slice(PREFIX.length);
  if (nearest?.global) return withNote(finding, `This is set in /Globals/${section}${nearest.to}${rest}.`);
  if (implicit.has(finding.logicalId ?? ''))
    return withNote(finding, `SAM makes this API for events that name none: set it under 'Globals', '${section}'.`);
  return nearest === undefined ? finding : { ...finding, path: `/Properties${nearest.to}${rest}` };
}

const withNote = (finding: Finding, note: string): Finding => ({ ...finding, message: `${finding.message} ${note}` });
