import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import { IdentityProvider } from '@/lib/constructs/members/identity-provider';
import { RetentionPeriod } from '@/lib/constructs/stores/retention-period';
import { Workspace } from '@/lib/constructs/tenants/workspace';
import { WorkspaceEdition } from '@/lib/constructs/tenants/workspace-props';
import { EU, FAST } from '../../support/deployment';
import { plainApp } from '../../support/in-region';

const PROVIDER = IdentityProvider.saml({ metadata: '<EntityDescriptor/>' });

function made(props: object = {}) {
  const app = plainApp();
  const env = { account: '111122223333', region: 'eu-central-1' };
  const shared = new Stack(app, 'Shared', { env });
  const stack = new Stack(app, 'Tenant', { env });
  const workspace = new Workspace(stack, 'Workspace', {
    boundary: EU,
    foundation: new Foundation(shared, 'Foundation', { boundary: EU, models: [FAST], alerts: Alerts.none('a test') }),
    workspaceId: 'sciences',
    edition: WorkspaceEdition.EDU,
    retention: RetentionPeriod.days(365),
    models: [FAST],
    identityProvider: PROVIDER,
    memberGroups: { member: ['chat'] },
    ...props,
  });
  return { workspace, template: Template.fromStack(stack) };
}

const { template } = made({ scim: true, background: {} });
// biome-ignore lint/suspicious/noExplicitAny: each test reads the properties that it expects
type Resource = { readonly Properties: any };
const one = (type: string, id: RegExp): [string, Resource] => {
  const found = Object.entries(template.findResources(type)).filter(([name]) => id.test(name)) as [string, Resource][];
  expect(found).toHaveLength(1);
  return found[0] as [string, Resource];
};

/** The statements of a role on a table, by its logical ID. */
function statementsOf(role: RegExp, table: string) {
  const policies = Object.values(template.findResources('AWS::IAM::Policy')) as Resource[];
  return policies
    .filter(({ Properties }) => role.test(JSON.stringify(Properties.Roles)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Resource }) => JSON.stringify(Resource).includes(table));
}
const actionsOf = (role: RegExp, table: string): string[] =>
  [...new Set<string>(statementsOf(role, table).flatMap(({ Action }) => Action))].sort();

const [directory, { Properties: table }] = one('AWS::DynamoDB::GlobalTable', /^WorkspaceDirectory/);
const [tokens, { Properties: tokensTable }] = one('AWS::DynamoDB::GlobalTable', /^WorkspaceScimTokens/);

test("the directory is encrypted under the workspace's key, without a backup that would outlive an erasure", () => {
  const [replica] = table.Replicas;
  expect(replica.SSESpecification.KMSMasterKeyId).toEqual({
    'Fn::GetAtt': [expect.stringMatching(/^WorkspaceKey/), 'Arn'],
  });
  expect(replica).toMatchObject({
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
  });
});

test("the function of SCIM runs in isolated subnets, and reaches the directory and the tokens' hashes only", () => {
  const [, { Properties }] = one('AWS::Lambda::Function', /^WorkspaceScim/);
  expect(Properties.VpcConfig.SubnetIds).not.toHaveLength(0);
  expect(Object.keys(Properties.Environment.Variables).sort()).toEqual([
    'DIRECTORY_TABLE_ARN',
    'SCIM_TOKENS_TABLE_ARN',
  ]);
  const policies = Object.values(template.findResources('AWS::IAM::Policy')) as Resource[];
  const own = policies.filter(({ Properties: { Roles } }) => /WorkspaceScimRole/.test(JSON.stringify(Roles)));
  const actions = own.flatMap(({ Properties: { PolicyDocument } }) =>
    PolicyDocument.Statement.flatMap(({ Action }: { Action: string[] }) => Action),
  );
  expect(actions.filter((action) => !/^(dynamodb|logs|kms|ec2):/.test(action))).toEqual([]);
  expect(actionsOf(/WorkspaceScimRole/, tokens)).toEqual(['dynamodb:GetItem']);
  const stores = Object.keys(template.findResources('AWS::DynamoDB::GlobalTable')).filter(
    (name) => actionsOf(/WorkspaceScimRole/, name).length > 0,
  );
  expect(stores.sort()).toEqual([directory, tokens].sort());
});

test('the function of SCIM reaches no row that says which member a user is', () => {
  const partitions = statementsOf(/WorkspaceScimRole/, directory).flatMap(
    ({ Condition }) => Condition['ForAllValues:StringLike']['dynamodb:LeadingKeys'],
  );
  expect(partitions).toEqual(['user', 'group', 'member#*', 'members#*', 'unique#*']);
});

test('the gateway decides by the directory, and can change nothing but the link of a member', () => {
  const writes = statementsOf(/GatewayRole/, directory).filter(({ Action }) => JSON.stringify(Action).includes('Put'));
  expect(writes).toHaveLength(1);
  expect(writes[0].Condition['ForAllValues:StringLike']['dynamodb:LeadingKeys']).toEqual(['link']);
  expect(actionsOf(/GatewayRole/, directory)).toEqual(['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:Query']);
  expect(actionsOf(/RightsEraser/, directory)).toEqual(['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:Query']);
  expect(actionsOf(/RightsExporter/, directory)).toEqual([]);
});

test('only requests, jobs, erasures and SCIM list the groups of a member, and only SCIM the members of a group', () => {
  const roles = Object.keys(template.findResources('AWS::IAM::Role'));
  const listing = (partition: string) =>
    roles
      .filter((role) =>
        statementsOf(new RegExp(`"${role}"`), directory).some(
          ({ Action, Condition }) =>
            JSON.stringify(Action).includes('dynamodb:Query') &&
            Condition['ForAllValues:StringLike']['dynamodb:LeadingKeys'].includes(partition),
        ),
      )
      .map((role) => role.replace(/[0-9A-F]{8}$/, ''))
      .sort();
  expect(listing('member#*')).toEqual([
    'WorkspaceBackgroundWorkerRole',
    'WorkspaceGatewayRole',
    'WorkspaceRightsEraserRole',
    'WorkspaceScimRole',
  ]);
  expect(listing('members#*')).toEqual(['WorkspaceScimRole']);
});

test('only the role of the command writes tokens', () => {
  const { ResourcePolicy } = tokensTable.Replicas[0];
  expect(ResourcePolicy.PolicyDocument.Statement).toEqual([
    expect.objectContaining({
      Effect: 'Deny',
      Action: expect.arrayContaining(['dynamodb:PutItem', 'dynamodb:UpdateItem']),
      Condition: {
        ArnNotEquals: {
          'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^WorkspaceScimTokensManager/), 'Arn'] },
        },
      },
    }),
  ]);
  expect(actionsOf(/WorkspaceScimTokensManager/, tokens)).toEqual([
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
  ]);
});

test('SCIM has no authorizer, and everything else of the API keeps it', () => {
  const methods = Object.entries(template.findResources('AWS::ApiGateway::Method')) as [string, Resource][];
  const open = methods.filter(([, { Properties }]) => Properties.AuthorizationType === 'NONE');
  expect(open.map(([name]) => name)).toEqual([expect.stringMatching(/scimv2proxyANY/)]);
  expect(methods.length).toBeGreaterThan(1);
});

test('without SCIM, none of it is deployed', () => {
  const { template: plain } = made();
  const names = Object.values(plain.toJSON().Resources as Record<string, object>).map((resource) =>
    JSON.stringify(resource),
  );
  expect(names.filter((text) => /scim|Directory/i.test(text))).toEqual([]);
});

test('SCIM without an identity provider is refused', () => {
  expect(() => made({ scim: true, identityProvider: undefined, memberGroups: undefined })).toThrow(
    "'directory' must be left out without an identity provider, because SCIM sends no passwords",
  );
});
