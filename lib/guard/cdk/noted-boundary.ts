import type { IConstruct } from 'constructs';

/** On a construct: the permissions boundary that everything below it has. Shared by all copies of the package. */
const BOUNDARY = Symbol.for('cdk-eu-residency.permissions-boundary');

interface Noted extends IConstruct {
  [BOUNDARY]?: string;
}

/** Notes that every role below a scope has a permissions boundary, so that the guard finds those that have none. */
export function noteBoundary(scope: IConstruct, policyName: string): void {
  (scope as Noted)[BOUNDARY] = policyName;
}

/** The permissions boundary that was noted closest above a construct. */
export function notedBoundary(scope: IConstruct): { readonly policyName: string } | undefined {
  for (let at: IConstruct | undefined = scope; at !== undefined; at = at.node.scope) {
    const policyName = (at as Noted)[BOUNDARY];
    if (policyName !== undefined) return { policyName };
  }
  return undefined;
}
