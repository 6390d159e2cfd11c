import type { Keys, LeafPath } from '../template/leaves';
import type { Resource } from '../template/resource';
import { isDependencySource } from './dependency-source';
import { isDownloaded } from './downloads';
import { isExcluded, isInbound } from './inbound';
import type { PlaceMatch } from './place-match';

/** Names that are places themselves: the name of a bucket or a host alone determines where data is sent. */
const PLACE_NAME = /(?:Region|Zone|Domain|Bucket|Server|Host|DNS|Dns|Service|Record)Name$/;

/** Names of that kind that a type gives the resource that it creates. */
const OWN_NAME: Readonly<Record<string, string>> = {
  'AWS::AppRunner::Service': 'ServiceName',
  'AWS::ECS::Service': 'ServiceName',
  'AWS::Elasticsearch::Domain': 'DomainName',
  'AWS::OpenSearchService::Domain': 'DomainName',
  'AWS::S3::Bucket': 'BucketName',
};

/** Lists that only restrict the permitted callers or a browser's return URLs: they open no route, they close the others. */
const CONFINING = /^(?:Allow(?:ed)?Origins?|AllowedRegions|CallbackURLs|LogoutURLs|DefaultRedirectURI)$/;

/** Properties that only select existing data to display or count. */
const SELECTING = new Map(
  Object.entries({
    'AWS::Budgets::Budget': /^\/Properties\/Budget\/(?:CostFilters|FilterExpression)\//,
    'AWS::CE::AnomalyMonitor': /^\/Properties\/MonitorSpecification/,
    'AWS::CE::CostCategory': /^\/Properties\/(?:Rules|SplitChargeRules)/,
    'AWS::Logs::QueryDefinition': /^\/Properties\/QueryString$/,
  }),
);

/** A model's instructions, or topics that it must not answer: no program reads them. */
const PROMPT =
  /^(?:Instruction|CollaborationInstruction|BasePromptTemplate|TextPromptTemplate|Text|Definition|Examples)$/;

/** The context of a place match. */
export interface MatchContext {
  readonly resource: Resource;
  /** The whole text that contains it. */
  readonly text: string;
  readonly leaf: LeafPath;
  readonly path: string;
  readonly keys: Keys;
}

/** Why no data leaves for a place in this context; none if data may leave. */
export function whyHarmless(match: PlaceMatch, at: MatchContext): string | undefined {
  const { resource, path, keys } = at;
  const { type } = resource;
  if (match.isIdentityName) return "it is only part of an identity's name";
  if (isDependencySource(type, path, keys) || isDownloaded(match.value, at.text)) return 'it is only read from there';
  // A value that the app or a custom resource calls a name may be anything.
  if (keys === 'app') return undefined;
  if (isInbound(type, path)) return 'data is only collected from there';
  if (isExcluded(resource, path)) return 'the list keeps it out';
  if (CONFINING.test(at.leaf.name)) return 'the list only restricts access';
  if (SELECTING.get(type)?.test(path)) return 'it only selects data to display or count';
  if (type.startsWith('AWS::Bedrock::') && PROMPT.test(at.leaf.name))
    return "it is only part of a model's instructions";
  // A custom widget calls the function in its endpoint.
  if (type === 'AWS::CloudWatch::Dashboard' && at.leaf.name !== 'endpoint') return 'it is only shown on a dashboard';
  return match.kind === 'code' && isName(at) ? 'it is only part of a name' : undefined;
}

/** In a document inside a text, the meaning of a name is unknown. */
function isName({ resource, leaf, path, keys }: MatchContext): boolean {
  if (keys !== 'template' || !leaf.name.endsWith('Name')) return false;
  return !PLACE_NAME.test(leaf.name) || (OWN_NAME[resource.type] === leaf.name && path === `/Properties/${leaf.name}`);
}
