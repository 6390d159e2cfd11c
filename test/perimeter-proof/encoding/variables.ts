import { all, any, type Formula, flag, matching, not } from './formula';
import { exactly, like, type Pattern } from './pattern';

/** The action of a request, in lower case: IAM compares actions without case. */
export const ACTION = 'action';

/** A request whose action has no type of resources: its resource is `*`, which no ARN of a policy matches. */
export const NO_RESOURCE = flag('resource is *');

/** The parts of an ARN after `arn`, each a variable of its own, because no wildcard of the first four matches a colon. */
export const ARN_PARTS = ['partition', 'service', 'region', 'account', 'path'] as const;
export type ArnPart = (typeof ARN_PARTS)[number];

/** The variable of a part of an ARN. */
export const partOf = (name: string, part: ArnPart): string => `${name} ${part}`;

/** The ARN of the request's resource. */
export const RESOURCE = 'resource';

/** The variable of a condition key. IAM compares the names of keys without case. */
export const keyVariable = (key: string): string => key.toLowerCase();

/** Keys whose values are always ARNs. */
export const ARN_KEYS: ReadonlySet<string> = new Set([
  'aws:PrincipalArn',
  'bedrock:InferenceProfileArn',
  'iam:PermissionsBoundary',
]);

/** Keys whose values are sets of ARNs. Each ARN is one text, because a set of them can't be five variables. */
export const ARN_SET_KEYS: ReadonlySet<string> = new Set(['events:TargetArn']);

/** The request has a condition key. */
export const present = (key: string): Formula => flag(`has ${keyVariable(key)}`);

/** The flag's name of a key's presence. */
export const presenceOf = (key: string): string => `has ${keyVariable(key)}`;

/** The action is one of some, with wildcards. */
export const actionIn = (actions: readonly string[]): Formula =>
  any(...actions.map((action) => matching(ACTION, like(action.toLowerCase()))));

/** The parts of an ARN with wildcards; more colons belong to the last part. */
export function arnParts(arn: string): readonly [ArnPart, Pattern][] {
  const [prefix, ...parts] = arn.split(':');
  if (prefix !== 'arn' || parts.length < ARN_PARTS.length)
    throw new Error(`an ARN with six parts is needed, found ${arn}; write each part, * if it can be any`);
  const path = parts.slice(ARN_PARTS.length - 1).join(':');
  return ARN_PARTS.map((part, index) => [part, like(part === 'path' ? path : (parts[index] as string))]);
}

/** A variable that holds an ARN matches one with wildcards. */
export const arnLike = (name: string, arn: string): Formula =>
  all(...arnParts(arn).map(([part, pattern]) => matching(partOf(name, part), pattern)));

/** The request has a resource, and it matches an ARN. */
export const resourceLike = (...arns: readonly string[]): Formula =>
  all(not(NO_RESOURCE), any(...arns.map((arn) => arnLike(RESOURCE, arn))));

/** The request has a key with one of some texts. */
export const keyIs = (key: string, ...values: readonly string[]): Formula =>
  all(present(key), any(...values.map((value) => matching(keyVariable(key), exactly(value)))));

/** The request has a key whose text matches one of some patterns. */
export const keyLike = (key: string, ...values: readonly string[]): Formula =>
  all(present(key), any(...values.map((value) => matching(keyVariable(key), like(value)))));

/** The request has a key whose ARN matches one of some. */
export const keyArnLike = (key: string, ...arns: readonly string[]): Formula =>
  all(present(key), any(...arns.map((arn) => arnLike(keyVariable(key), arn))));
