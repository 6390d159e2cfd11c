import type { Template } from 'aws-cdk-lib/assertions';

// biome-ignore lint/suspicious/noExplicitAny: templates have no types
export type Statement = any;

/** The statements of the role of one of the functions of rights, by a part of its logical id. */
export const statementsOf = (workspace: Template, id: string): Statement[] =>
  Object.values(workspace.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(`WorkspaceRights${id}Role`))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

export const actionsOf = (statements: readonly Statement[]): string[] =>
  [...new Set(statements.flatMap(({ Action }) => Action))].sort();

/** A role's statements on a store, and on keys that it uses directly. */
export const grantsOn = (workspace: Template, id: string, ...[service, resource]: Store): Statement[] =>
  statementsOf(workspace, id).filter(
    ({ Action, Resource, Condition }) =>
      [Action].flat().some((action) => action.startsWith(service)) &&
      resource.test(JSON.stringify(Resource)) &&
      !JSON.stringify(Condition ?? {}).includes('ViaService'),
  );

/** The service of a store's actions, and the resources of statements on it. */
export type Store = readonly [service: string, resource: RegExp];

/** The counters of members. */
export const USAGE: Store = ['dynamodb:', /Usage/];

/** The stores as a recorded call names them. */
export const STORES = {
  sciences: ['dynamodb:', /Conversations/] as Store,
  'sciences-keys': ['dynamodb:', /BranchKeys/] as Store,
  key: ['kms:', /Key/] as Store,
  bucket: ['s3:', /./] as Store,
  'sciences-record-links': ['dynamodb:', /RecordLinks/] as Store,
};
