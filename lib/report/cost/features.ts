import { BUDGETS_METADATA, RUNNING_METADATA } from '../../contract/tags';
import { isMap } from '../../guard/template/node';
import type { Json } from '../../guard/template/parse';
import { propertiesOf } from './resources';

/** What a tenant has switched on, as far as it costs something with each request, member, job or file. */
export interface Features {
  /** Members have API keys. */
  readonly keys: boolean;
  /** An identity system sends members; the memory of its function, in GB. */
  readonly scim?: Memory;
  /** Members send requests whose answers they read later. */
  readonly background: boolean;
  /** Office files are converted; the memory of that function, in GB. */
  readonly conversion?: Memory;
  /** Projects are created at run time. */
  readonly open: boolean;
  /** Running requests are counted. */
  readonly running: boolean;
  /** Counters of budgets that a request reads and writes. */
  readonly budgets?: BudgetCounters;
}

/** How many counters of budgets one request reads and writes at most. */
export interface BudgetCounters {
  readonly reads: number;
  readonly writes: number;
}

/** Memory in GB; none: the template doesn't say. */
export interface Memory {
  readonly gb?: number;
}

/** Nothing of it. */
export const NO_FEATURES: Features = { keys: false, background: false, open: false, running: false };

/** The features of a template, by the variables of its functions and by the paths of its API. */
export function featuresOf(resources: readonly Json[]): Features {
  const functions = resources.filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const paths = resources.filter(({ Type }) => Type === 'AWS::ApiGateway::Resource').map(propertiesOf);
  const hasPath = (part: string) => paths.some(({ PathPart }) => PathPart === part);
  const withVariables = (...names: readonly string[]) =>
    functions.find((one) => names.every((name) => variablesOf(one).includes(name)));
  // The conversion has no table of content, and the gateway requests conversions.
  const conversion = functions.find(
    (one) => variablesOf(one).includes('CONVERSIONS_TABLE_ARN') && !variablesOf(one).includes('USAGE_TABLE_ARN'),
  );
  const scim = withVariables('DIRECTORY_TABLE_ARN', 'SCIM_TOKENS_TABLE_ARN');
  const budgets = resources.flatMap(({ Metadata }) =>
    isMap(Metadata) ? countersIn(Metadata[BUDGETS_METADATA]) : [],
  )[0];
  return {
    keys: hasPath('key'),
    background: withVariables('JOB_QUEUE_TABLE_ARN') !== undefined,
    open: hasPath('projects'),
    running: resources.some(({ Metadata }) => isMap(Metadata) && Metadata[RUNNING_METADATA] === true),
    ...(budgets && { budgets }),
    ...(scim && { scim: memoryOf(scim) }),
    ...(conversion && { conversion: memoryOf(conversion) }),
  };
}

function countersIn(value: unknown): BudgetCounters[] {
  if (!isMap(value)) return [];
  const { reads, writes } = value;
  return typeof reads === 'number' && typeof writes === 'number' ? [{ reads, writes }] : [];
}

function variablesOf(resource: Json): readonly string[] {
  const { Environment } = propertiesOf(resource);
  const variables = isMap(Environment) ? Environment.Variables : undefined;
  return isMap(variables) ? Object.keys(variables) : [];
}

function memoryOf(resource: Json): Memory {
  const { MemorySize } = propertiesOf(resource);
  return typeof MemorySize === 'number' ? { gb: MemorySize / 1_024 } : {};
}
