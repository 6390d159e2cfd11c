import type { PerimeterStatement, PolicyDocument } from '@/lib/perimeter/organization/document';
import { evaluate, type ServiceAction, serviceActions } from '../../iam/evaluator/evaluator';
import { like, matches } from '../encoding/pattern';
import type { ProofSet } from '../sets';

/** What a request can be about: an action that AWS has, one of its resources, and the condition keys that such a request can have. */
export interface Target {
  readonly action: string;
  /** `*`, or an ARN of the set. */
  readonly resource: string;
  /** The keys of the set's conditions that such a request can have. */
  readonly keys: readonly string[];
}

/** The most actions for one pattern of a policy. */
const MOST_ACTIONS = 5;

/** The most resources for one action of a statement. */
const MOST_RESOURCES = 8;

/** A statement on more actions is asked about one target of each action, and two of each service. */
const MANY_ACTIONS = 40;

/** Actions that no statement names, so that denials of everything else are tried, too. */
const OTHERS = [
  'ec2:RunInstances',
  's3:GetObject',
  's3:GetMultiRegionAccessPointRoutes',
  'rds:CreateDBInstance',
  'iam:GetRole',
];

/** Resources with names that statements distinguish. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  'bedrock:InvokeModel': [
    'arn:{partition}:bedrock:{region}:{account}:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'arn:{partition}:bedrock:{region}:{account}:inference-profile/global.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'arn:{partition}:bedrock:::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0',
    'arn:{partition}:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0',
    'arn:{partition}:bedrock:{region}::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0',
    'arn:{partition}:bedrock:{region}:{account}:prompt-router/sample',
  ],
};

const ROLES = ['AttachRolePolicy', 'CreateRole', 'DeleteRole', 'PassRole', 'PutRolePolicy', 'TagRole', 'UpdateRole'];
const DEPLOYERS = ['', 'team/'].flatMap((path) =>
  ['cfn-exec', 'deploy'].map(
    (name) => `arn:{partition}:iam::{account}:role/${path}cdk-hnb659fds-${name}-role-111122223333-eu-central-1`,
  ),
);
const DEPLOYED = 'arn:{partition}:iam::{account}:role/exemple-foundation-Gateway';
const TOOLS = ['', 'team/'].flatMap((path) =>
  ['AWSControlTowerExecution', 'stacksets-exec-0123'].map(
    (name) => `arn:{partition}:iam::{account}:role/${path}${name}`,
  ),
);
const HOOK = 'arn:{partition}:lambda:{region}:{account}:function:residency-hook-Handler-AB12';
const BOUNDARY = 'arn:{partition}:iam::{account}:policy/exemple-residency-boundary';

export const ACCOUNT = '111122223333';

/** What requests that statements of a set's documents decide on can be about. */
export function targetsOf({ documents, scope }: ProofSet): Target[] {
  const statements = documents.flatMap(({ content }) => content.Statement);
  const patterns = new Set(statements.flatMap(({ Action = [], NotAction = [] }) => [...Action, ...NotAction]));
  patterns.delete('*');
  const found = serviceActions([...patterns, ...OTHERS, ...ROLES.map((name) => `iam:${name}`)]);
  const actions = new Map(
    Object.values(found)
      .flatMap((all) => evenly(all, MOST_ACTIONS))
      .map((one) => [one.action, one]),
  );
  const [primary = ''] = scope.boundary.regionCodes(scope.partition);
  const regions = [primary, 'us-east-1'];
  const about = [...actions.values()].flatMap((one) =>
    resourcesOf(one)
      .flatMap((arn) => (arn.includes('{region}') ? regions.map((region) => arn.replaceAll('{region}', region)) : arn))
      .map((arn) => arn.replaceAll('{partition}', scope.partition).replaceAll('{account}', ACCOUNT))
      .map((resource) => ({ action: one.action, resource })),
  );
  return withKeys(about, keysOf(documents), scope.partition);
}

/** The condition keys that statements of some documents have. */
export const keysOf = (documents: readonly PolicyDocument[]): string[] => [
  ...new Set(
    documents.flatMap(({ content }) =>
      content.Statement.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap((keys) => Object.keys(keys))),
    ),
  ),
];

/** The targets that the evaluator accepts, each with those of some keys that AWS's service reference gives to such a request. */
function withKeys(targets: readonly Omit<Target, 'keys'>[], keys: readonly string[], partition: string): Target[] {
  const context = Object.fromEntries(keys.map((key) => [key, [ACCOUNT]]));
  const requests = targets.map(({ action, resource }) => ({
    principal: `arn:${partition}:iam::${ACCOUNT}:role/Administrator`,
    account: ACCOUNT,
    action,
    resource,
    context,
    identity: ['everything'],
  }));
  const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  return evaluate({ everything }, requests).flatMap(({ error, ignored }, index) => {
    const { action, resource } = targets[index] as Target;
    return error === undefined ? { action, resource, keys: keys.filter((key) => !ignored.includes(key)) } : [];
  });
}

function resourcesOf({ action, hasResource, samples }: ServiceAction): string[] {
  if (!hasResource) return ['*'];
  const named = NAMED[action] ?? [];
  // Some actions have a form of two ARNs, which no request has.
  return [...samples.filter((one) => !one.includes(', ')), ...named, ...specialOf(action, samples)];
}

/** Resources of a kind with names that statements distinguish. */
function specialOf(action: string, samples: readonly string[]): string[] {
  if (/^(iam|sts):.*Role/.test(action)) return [...DEPLOYERS, ...TOOLS, DEPLOYED];
  if (/^iam:.*Policy/.test(action)) return [BOUNDARY];
  return samples.some((one) => /^arn:[^:]*:lambda:.*:function:/.test(one)) ? [HOOK] : [];
}

/** Targets that a statement decides on, whatever their keys; for an allowance also those that it leaves out. */
export function targetsFor(statement: PerimeterStatement, targets: readonly Target[]): Target[] {
  const named = statement.Effect === 'Allow' ? [...targets] : targets.filter((target) => isNamed(statement, target));
  const byAction = grouped(named, ({ action }) => action);
  const byService = grouped(named, ({ action }) => action.split(':')[0] as string);
  if (byAction.length <= MANY_ACTIONS) return byAction.flatMap((all) => evenly(all, MOST_RESOURCES));
  const isAllowance = statement.Effect === 'Allow';
  const ofActions = byAction
    .map(([one]) => one as Target)
    .filter(({ action }) => !isAllowance || statement.Action?.includes(action));
  return [...new Set([...ofActions, ...byService.flatMap((all) => evenly(all, 2))])];
}

const isOneOf = (patterns: readonly string[], action: string): boolean =>
  patterns.some((one) => matches(like(one.toLowerCase()), action.toLowerCase()));

/** The values in groups, in the order of the first of each. */
function grouped<T>(values: readonly T[], groupOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(groupOf(value), [...(groups.get(groupOf(value)) ?? []), value]);
  return [...groups.values()];
}

function isNamed({ Action, NotAction, Resource, NotResource }: PerimeterStatement, target: Target): boolean {
  const isAction = (patterns: readonly string[]) => isOneOf(patterns, target.action);
  const isResource = (patterns: readonly string[]) => patterns.some((one) => matches(like(one), target.resource));
  return (
    (Action ? isAction(Action) : !isAction(NotAction ?? [])) &&
    (Resource ? isResource(Resource) : !isResource(NotResource ?? []))
  );
}

/** At most so many, from the beginning to the end. */
const evenly = <T>(values: readonly T[], most: number): T[] =>
  values.length <= most
    ? [...values]
    : Array.from({ length: most }, (_, index) => values[Math.floor((index * values.length) / most)] as T);
