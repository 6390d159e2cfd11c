import { all, any, type Formula, matching, not } from '../encoding/formula';
import { exactly } from '../encoding/pattern';
import type { Assignment } from '../encoding/smt';
import {
  ACTION,
  ARN_PARTS,
  keyVariable,
  NO_RESOURCE,
  partOf,
  presenceOf,
  present,
  RESOURCE,
} from '../encoding/variables';
import { ACCOUNT, type Target } from './targets';

/** A request as a person would write it. */
export interface RealRequest {
  readonly action: string;
  readonly resource: string;
  /** The condition keys that it has; it has no others. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** The request is about a target. */
const isAbout = ({ action, resource }: Target): Formula =>
  all(
    matching(ACTION, exactly(action.toLowerCase())),
    resource === '*' ? NO_RESOURCE : all(not(NO_RESOURCE), arnIs(RESOURCE, resource)),
  );

/** A variable's ARN is this one. */
const arnIs = (name: string, arn: string): Formula =>
  all(...Object.entries(partsOf(arn)).map(([part, text]) => matching(partOf(name, part as never), exactly(text))));

/** The parts of an ARN by their names. */
export function partsOf(arn: string): Readonly<Record<(typeof ARN_PARTS)[number], string>> {
  const [, partition = '', service = '', region = '', account = '', ...path] = arn.split(':');
  return { partition, service, region, account, path: path.join(':') };
}

/** The request is about one of some targets, and has none of some keys that AWS doesn't give to such a request. */
export const isReal = (targets: readonly Target[], keys: readonly string[]): Formula =>
  any(
    ...targets.map((target) =>
      all(isAbout(target), ...keys.filter((key) => !target.keys.includes(key)).map((key) => not(present(key)))),
    ),
  );

/** The request that a model describes. */
export function realRequest(
  model: Assignment,
  keys: readonly string[],
  targets: readonly Target[],
  isArn: (key: string) => boolean,
): RealRequest {
  const lower = `${model[ACTION]}`;
  const action = targets.find((target) => target.action.toLowerCase() === lower)?.action ?? lower;
  const context = keys
    .filter((key) => model[presenceOf(key)] === true)
    .map((key) => [key, isArn(key) ? arnOf(model, keyVariable(key)) : valueFrom(model[keyVariable(key)])] as const);
  return {
    action,
    resource: model['resource is *'] === true ? '*' : arnOf(model, RESOURCE),
    context: Object.fromEntries(context),
  };
}

/** A key of which statements ask only whether it is there has any value. */
const valueFrom = (value: Assignment[string] | undefined): string | readonly string[] =>
  typeof value === 'string' ? value : Array.isArray(value) ? value : ACCOUNT;

/** An ARN of a model. A part that no statement looks at is left open. */
function arnOf(model: Assignment, name: string): string {
  const open = { partition: 'aws', service: 'iam', region: '', account: ACCOUNT, path: 'role/Administrator' };
  return ['arn', ...ARN_PARTS.map((part) => model[partOf(name, part)] ?? open[part])].join(':');
}
