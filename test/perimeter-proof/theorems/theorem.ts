import type { PolicyDocument } from '@/lib/perimeter/organization/document';
import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { all, any, type Formula, matching, not } from '../encoding/formula';
import { exactly } from '../encoding/pattern';
import { keyArnLike, keyIs, keyVariable, partOf } from '../encoding/variables';

/** The documents that must keep a promise, each kind by itself. */
export type Enforcer = PolicyDocument['kind'];

/** A promise of a perimeter: no request that would break it is allowed, whatever else the request has. */
export interface Theorem {
  /** The promise, as a sentence. */
  readonly promise: string;
  /** What keeps it: the service control policies together, the resource control policies together, or the permissions boundary. */
  readonly by: readonly Enforcer[];
  /** The perimeters that make the promise; all, unless it says otherwise. */
  readonly holdsIn?: (scope: PerimeterScope) => boolean;
  /** The requests that would break it. */
  readonly broken: (scope: PerimeterScope) => Formula;
}

export const theorem = (
  promise: string,
  by: Enforcer | readonly Enforcer[],
  broken: Theorem['broken'],
  holdsIn?: Theorem['holdsIn'],
): Theorem => ({ promise, by: [by].flat(), broken, ...(holdsIn && { holdsIn }) });

export const regionsOf = ({ boundary, partition }: PerimeterScope): string[] => boundary.regionCodes(partition);

/** The request's own Region is outside the boundary, unknown, or none. */
export const isOutside = (scope: PerimeterScope): Formula => not(keyIs('aws:RequestedRegion', ...regionsOf(scope)));

/** The request comes from a role that deploys, in any account and with any path. */
export const isDeployer = ({ partition, deployRoles }: PerimeterScope): Formula =>
  keyArnLike('aws:PrincipalArn', ...principalArns(partition, deployRoles));

export const isNoDeployer = (scope: PerimeterScope): Formula => not(isDeployer(scope));

/** The request comes from neither a role that deploys nor one with which a tool of AWS manages the account. */
export const isNoManager = (scope: PerimeterScope): Formula =>
  all(
    isNoDeployer(scope),
    not(keyArnLike('aws:PrincipalArn', ...principalArns(scope.partition, scope.managementRoles ?? []))),
  );

/** The ARNs of principals that are roles, by the roles' names. AWS has no other principal whose ARN has a path that begins with `role`. */
export const principalArns = (partition: string, names: readonly string[]): string[] =>
  names.map((name) => `arn:${partition}:iam::*:role*/${name}`);

/** The ARNs of roles by their names, in any account and with any path. */
export const roleArns = (partition: string, names: readonly string[]): string[] =>
  names.flatMap((name) => [`arn:${partition}:iam::*:role/${name}`, `arn:${partition}:iam::*:role/*/${name}`]);

/** A part of a variable's ARN is one of some texts. */
export const partIs = (name: string, part: Parameters<typeof partOf>[1], ...texts: readonly string[]): Formula =>
  any(...texts.map((text) => matching(partOf(name, part), exactly(text))));

/** The variable of a key that holds an ARN. */
export const arnOfKey = keyVariable;
