import type { Keys, LeafPath } from '../template/leaves';
import { isDownloaded } from './downloads';
import type { Sighting } from './sighting';
import { isSupply } from './supply';

/** Names that are places themselves: a bucket's name alone decides where data goes, and a host's does, too. */
const PLACE_NAME = /(?:Region|Zone|Domain|Bucket|Server|Host|DNS|Dns|Service|Record)Name$/;

/** Names of that kind which a type gives to what it makes itself. */
const OWN_NAME: Readonly<Record<string, string>> = {
  'AWS::AppRunner::Service': 'ServiceName',
  'AWS::ECS::Service': 'ServiceName',
  'AWS::Elasticsearch::Domain': 'DomainName',
  'AWS::OpenSearchService::Domain': 'DomainName',
  'AWS::S3::Bucket': 'BucketName',
};

/** Lists that only say who may call or where a browser may return to: they open no way, they close the others. */
const CONFINING = /^(?:Allow(?:ed)?Origins?|AllowedRegions|CallbackURLs|LogoutURLs|DefaultRedirectURI)$/;

/** Properties that select what is shown or counted of what is there anyway. */
const SELECTING = new Map(
  Object.entries({
    'AWS::Budgets::Budget': /^\/Properties\/Budget\/(?:CostFilters|FilterExpression)\//,
    'AWS::CE::AnomalyMonitor': /^\/Properties\/MonitorSpecification/,
    'AWS::CE::CostCategory': /^\/Properties\/(?:Rules|SplitChargeRules)/,
    'AWS::Logs::QueryDefinition': /^\/Properties\/QueryString$/,
  }),
);

/** What a model is told, or told not to answer: no program reads it. */
const PROMPT =
  /^(?:Instruction|CollaborationInstruction|BasePromptTemplate|TextPromptTemplate|Text|Definition|Examples)$/;

/** Where a place stands. */
export interface Standing {
  readonly type: string;
  /** The whole text that names it. */
  readonly text: string;
  readonly leaf: LeafPath;
  readonly path: string;
  readonly keys: Keys;
}

/** Why a place carries no data out where it stands; none when it may. */
export function harmlessAt(sighting: Sighting, at: Standing): string | undefined {
  if (sighting.isLabel) return "it is only part of an identity's name";
  if (isSupply(at.type, at.path) || isDownloaded(sighting.value, at.text)) return 'it is only read from there';
  // What the app or a custom resource calls a name may be anything.
  if (at.keys === 'app') return undefined;
  if (CONFINING.test(at.leaf.name)) return 'the list only confines';
  if (SELECTING.get(at.type)?.test(at.path)) return 'it only selects what is shown or counted';
  if (at.type.startsWith('AWS::Bedrock::') && PROMPT.test(at.leaf.name)) return 'it is only said to a model';
  // A custom widget calls the function that its endpoint names.
  if (at.type === 'AWS::CloudWatch::Dashboard' && at.leaf.name !== 'endpoint') return 'it is only shown on a dashboard';
  return sighting.kind === 'code' && isName(at) ? 'it is only part of a name' : undefined;
}

/** Of a document inside a text nobody knows whose its names are. */
function isName({ type, leaf, path, keys }: Standing): boolean {
  if (keys !== 'template' || !leaf.name.endsWith('Name')) return false;
  return !PLACE_NAME.test(leaf.name) || (OWN_NAME[type] === leaf.name && path === `/Properties/${leaf.name}`);
}
