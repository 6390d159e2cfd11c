import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import { KeyRegistry } from '@/lib/constructs/gateway/key-registry';
import { ResidencyKey } from '@/lib/constructs/keys/residency-key';
import { RetentionPeriod } from '@/lib/constructs/stores/retention-period';
import { UsageTable } from '@/lib/constructs/stores/usage-table';
import { Workspace } from '@/lib/constructs/tenants/workspace';
import { WorkspaceEdition } from '@/lib/constructs/tenants/workspace-props';
import { EU, FAST } from '../../support/deployment';
import { plainApp, stackIn } from '../../support/in-region';

// biome-ignore lint/suspicious/noExplicitAny: templates have no types
type Json = any;

const boundary = ResidencyBoundary.eu();
const ARN = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

function workspaceUnder(keyOf: (stack: Stack) => kms.IKey) {
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
    encryptionKey: keyOf(stack),
  });
  return { stack, workspace };
}

/** The statements of every policy of roles, with the roles that hold them. */
const heldIn = (stack: Stack): Json[] =>
  Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.map((statement: Json) => ({ ...statement, roles: Properties.Roles })),
  );

const isBounded = ({ Condition }: Json) =>
  Object.keys(Condition?.StringEquals ?? {}).some((key) => /^kms:(ViaService|EncryptionContext:)/.test(key));

const MANAGES = ['kms:DescribeKey', 'kms:ScheduleKeyDeletion'];

describe('a workspace under an imported key', () => {
  const { stack, workspace } = workspaceUnder((scope) => kms.Key.fromKeyArn(scope, 'Theirs', ARN));
  const onKey = heldIn(stack).filter(({ Resource }) => [Resource].flat().includes(ARN));

  test('uses it in three ways and no fourth, whatever the role; one role also schedules its deletion', () => {
    const rolesOf = (statements: Json[]): string[] => [
      ...new Set(statements.flatMap(({ roles }) => roles.map(({ Ref }: Json) => Ref))),
    ];
    expect(rolesOf(onKey).length).toBeGreaterThanOrEqual(8);
    const manages = onKey.filter(({ Condition }) => Condition === undefined);
    expect(manages.map(({ Action }) => Action)).toEqual([MANAGES]);
    expect(rolesOf(manages).map((role) => role.split('Rights')[1]?.replace(/Role.*/, ''))).toEqual(['Closer']);
    const through = (service: string) => ({
      StringEquals: { 'kms:ViaService': [`${service}.eu-central-1.amazonaws.com`] },
    });
    const ways = new Set(onKey.flatMap(({ Condition }) => (Condition ? [JSON.stringify(Condition)] : [])));
    expect([...ways].map((way) => JSON.parse(way))).toEqual(
      expect.arrayContaining([
        { StringEquals: { 'kms:EncryptionContext:tablename': 'workspace/sciences' } },
        through('dynamodb'),
        through('s3'),
      ]),
    );
    expect(ways.size).toBe(3);
  });

  test("gives its eraser no branch key: only through DynamoDB, and never in a branch key's context", () => {
    const eraser = onKey.filter(({ roles }) => JSON.stringify(roles).includes('RightsEraserRole'));
    expect(new Set(eraser.map(({ Condition }) => JSON.stringify(Condition)))).toEqual(
      new Set([JSON.stringify({ StringEquals: { 'kms:ViaService': ['dynamodb.eu-central-1.amazonaws.com'] } })]),
    );
  });

  test("lists what the key's policy needs: each action of each role, and nothing without a condition on the role", () => {
    const listed: Json[] = workspace
      .keyPolicyStatements()
      .map((statement) => stack.resolve(statement.toStatementJson()));
    const covers = (statement: Json, role: string, action: string) =>
      [statement.Action].flat().includes(action) &&
      JSON.stringify(statement.Condition.ArnEquals['aws:PrincipalArn']).includes(`"${role}"`);
    const missing = onKey.flatMap((held) =>
      held.roles.flatMap(({ Ref }: Json) =>
        [held.Action]
          .flat()
          .filter(
            (action: string) =>
              !listed.some(
                (one) =>
                  covers(one, Ref, action) &&
                  JSON.stringify(one.Condition.StringEquals) === JSON.stringify(held.Condition?.StringEquals),
              ),
          ),
      ),
    );
    expect(missing).toEqual([]);
    expect(listed.map(({ Sid }) => Sid).filter(Boolean)).toEqual([
      'DeploymentCreatesTables',
      'DeploymentLendsToTables',
      'ClosingEndsTheKey',
    ]);
    const principals = listed.map(({ Principal }) => Principal);
    expect(new Set(principals.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(listed.filter(({ Condition }) => Condition.ArnEquals['aws:PrincipalArn'] === undefined)).toEqual([]);
    expect(listed.filter((one) => !isBounded(one)).map(({ Action }) => Action)).toEqual([MANAGES]);
  });
});

test("a key that CDK creates is used by the account's roles within the same bounds", () => {
  const stack = stackIn('eu-central-1');
  const key = new kms.Key(stack, 'Own');
  new UsageTable(stack, 'Store', { boundary, encryptionKey: key });
  const held = heldIn(stack).filter(({ Action }) => JSON.stringify(Action).includes('kms:'));
  expect(held.map(({ Resource }) => Resource)).toEqual([stack.resolve(key.keyArn)]);
  expect(held.filter((statement) => !isBounded(statement))).toEqual([]);
});

test.each<[string, (stack: Stack, encryptionKey: kms.IKey) => unknown]>([
  ['a registry of API keys', (stack, encryptionKey) => new KeyRegistry(stack, 'Store', { boundary, encryptionKey })],
  ['a table of usage', (stack, encryptionKey) => new UsageTable(stack, 'Store', { boundary, encryptionKey })],
])('%s under an imported key grants its use only through DynamoDB', (_, make) => {
  const stack = stackIn('eu-central-1');
  make(stack, kms.Key.fromKeyArn(stack, 'Theirs', ARN));
  const onKey = heldIn(stack).filter(({ Resource }) => [Resource].flat().includes(ARN));
  expect(onKey.length).toBeGreaterThan(0);
  expect(onKey.filter((statement) => !isBounded(statement))).toEqual([]);
});

test("a ResidencyKey's workspace needs no statements, because its policy has them", () => {
  const { workspace } = workspaceUnder((scope) => new ResidencyKey(scope, 'Key', { boundary }).key);
  expect(workspace.keyPolicyStatements()).toEqual([]);
});
