import type { IConstruct } from 'constructs';
import type { RequiredBoundary } from '../rule/required-boundary';

/** On a construct: the permissions boundary that everything below it has. Shared by all copies of the package. */
const BOUNDARY = Symbol.for('cdk-eu-residency.permissions-boundary');
/** On an app: the documents that its boundaries have, by their names. */
const DOCUMENTS = Symbol.for('cdk-eu-residency.permissions-boundary-documents');

interface Noted extends IConstruct {
  [BOUNDARY]?: string;
  [DOCUMENTS]?: Map<string, object[]>;
}

/** Notes that every role below a scope has a permissions boundary, so that the guard finds those that have none. */
export function noteBoundary(scope: IConstruct, policyName: string): void {
  (scope as Noted)[BOUNDARY] = policyName;
}

/** Notes the document of a permissions boundary that the app creates, so that the guard refuses the name for any other. */
export function noteBoundaryDocument(scope: IConstruct, policyName: string, document: object): void {
  const root: Noted = scope.node.root;
  root[DOCUMENTS] ??= new Map();
  root[DOCUMENTS].set(policyName, [...(root[DOCUMENTS].get(policyName) ?? []), document]);
}

/** The permissions boundary that was noted closest above a construct, with the documents that the app creates under its name. */
export function notedBoundary(scope: IConstruct): RequiredBoundary | undefined {
  for (let at: IConstruct | undefined = scope; at !== undefined; at = at.node.scope) {
    const policyName = (at as Noted)[BOUNDARY];
    if (policyName !== undefined)
      return { policyName, documents: (scope.node.root as Noted)[DOCUMENTS]?.get(policyName) ?? [] };
  }
  return undefined;
}
