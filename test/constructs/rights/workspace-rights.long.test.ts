import { ACTORS, RESUME_JOBS } from '@/lib/contract/rights';
import { type Called, type Caller, callsOfActors } from '../../runtime/rights/support/calls-of-actors';
import { deployedTemplates } from '../../support/deployed-templates';
import { actionsOf, grantsOn, STORES, type Store, USAGE } from './grants';

// biome-ignore lint/suspicious/noExplicitAny: templates have no types
type Json = any;

const { foundation, sciences, office } = deployedTemplates();

const on = (id: string, store: Store) => grantsOn(sciences, id, ...store);

const partitionsOf = (condition: Json): string[] =>
  condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? [];

let calls: Readonly<Record<Caller, readonly Called[]>>;
beforeAll(async () => {
  calls = await callsOfActors();
}, 120_000);

const ROLES = {
  [ACTORS.verifier]: 'Witness',
  eraser: 'Eraser',
  exporter: 'Exporter',
  [ACTORS.workspaceDeleter]: 'Closer',
  admin: 'Admin',
  confirm: 'Confirm',
  [RESUME_JOBS]: 'Tend',
} as const;

const called = (caller: Caller, where: string): string[] =>
  [...new Set(calls[caller].filter((one) => one.on === where).map(({ action }) => action))].sort();

describe.each(Object.entries(ROLES) as [Caller, string][])('%s', (caller, id) => {
  test('has the permissions of its calls on the content table, and no others', () => {
    const granted = on(id, STORES.sciences);
    expect(actionsOf(granted)).toEqual(called(caller, 'sciences'));
    for (const { on: where, action, partition } of calls[caller]) {
      if (where !== 'sciences' || partition === undefined) continue;
      const isAllowed = granted.some(
        ({ Action, Condition }) =>
          [Action].flat().includes(action) &&
          partitionsOf(Condition).some((pattern) =>
            pattern.endsWith('*') ? partition.startsWith(pattern.slice(0, -1)) : partition === pattern,
          ),
      );
      expect([action, partition, isAllowed]).toEqual([action, partition, true]);
    }
    // Functions that only decide or verify reach no partition of content.
    if (['eraser', 'exporter'].includes(caller)) return;
    for (const { Condition } of granted) expect(JSON.stringify(partitionsOf(Condition))).toMatch(/^\["rights/);
  });

  test('has the permissions of its calls on branch keys and the key of the workspace, and no others', () => {
    expect(actionsOf(on(id, STORES['sciences-keys']))).toEqual(called(caller, 'sciences-keys'));
    const direct = on(id, STORES.key);
    expect(actionsOf(direct)).toEqual(called(caller, 'key'));
    // The role that manages the key can't use it, and the roles that use it do so for branch keys of members.
    if (caller === 'closer') expect(actionsOf(direct)).toEqual(['kms:DescribeKey', 'kms:ScheduleKeyDeletion']);
    else
      for (const { Condition } of direct)
        expect(Condition.StringEquals).toEqual({ 'kms:EncryptionContext:tablename': 'workspace/sciences' });
  });

  test('has the permissions of its calls on the links of records, each on rows of users, and no others', () => {
    const granted = on(id, STORES['sciences-record-links']);
    expect(actionsOf(granted)).toEqual(called(caller, 'sciences-record-links'));
    for (const { Condition } of granted) expect(partitionsOf(Condition)).toEqual(['user#*']);
  });

  test('has the permissions of its calls on objects, and no others', () => {
    expect(actionsOf(on(id, STORES.bucket))).toEqual(called(caller, 'bucket'));
  });
});

test.each([
  ['Eraser', ['BatchWriteItem', 'UpdateItem'], ['user#*']],
  ['Eraser', ['DeleteItem', 'PutItem', 'UpdateItem'], ['rights', 'rights#*']],
  ['Exporter', ['PutItem'], ['rights', 'user#*']],
])('the %s writes with %j only to %j', (id, actions, partitions) => {
  const writes = on(id, STORES.sciences).filter(({ Action }) =>
    actions.every((action) => [Action].flat().includes(`dynamodb:${action}`)),
  );
  expect(writes.map(({ Condition }) => partitionsOf(Condition))).toEqual([partitions]);
});

test('no function of rights writes rows of branch keys, except for the eraser, which decrypts none', () => {
  const writers = Object.values(ROLES).filter((id) =>
    actionsOf(on(id, STORES['sciences-keys'])).some((action) => /Write|Put|Update|Delete/.test(action)),
  );
  expect(writers).toEqual(['Eraser']);
  for (const id of ['Witness', 'Exporter']) {
    expect(actionsOf(on(id, ['dynamodb:', /KeyRequests/]))).toEqual(['dynamodb:PutItem']);
    expect(actionsOf(on(id, STORES.key))).toEqual(['kms:Decrypt']);
  }
});

test("only the eraser deletes a member's counters, and finds them by their keys", () => {
  const counting = Object.values(ROLES).filter((id) => on(id, USAGE).length > 0);
  expect(counting).toEqual(['Eraser']);
  expect(actionsOf(on('Eraser', USAGE))).toEqual(['dynamodb:BatchGetItem', 'dynamodb:DeleteItem']);
});

test.each(['Witness', 'Closer'])('the %s writes certificates of its own workspace, and reaches no files', (id) => {
  const [certificates, ...others] = on(id, STORES.bucket);
  expect(others).toEqual([]);
  expect(JSON.stringify(certificates.Resource)).toContain('/certificates/sciences/*');
  expect(JSON.stringify(certificates.Resource)).toContain('Evidence');
});

test('the evidence key names the certifiers of all workspaces in one statement, for writing only through S3', () => {
  const [statement, ...others] = Object.values(foundation.findResources('AWS::KMS::Key'))
    .flatMap(({ Properties }): Json[] => Properties.KeyPolicy.Statement)
    .filter(({ Sid }) => Sid === 'CertificatesAreWritten');
  expect(others).toEqual([]);
  expect(statement.Action).toBe('kms:GenerateDataKey');
  const names = [sciences, office].flatMap((template) =>
    Object.values(template.findResources('AWS::IAM::Role')).flatMap(({ Properties }) => Properties.RoleName ?? []),
  );
  expect(names.map((name) => name.length <= 64)).toEqual([true, true, true, true]);
  const named = JSON.stringify(statement.Condition.ArnEquals);
  expect(names.filter((name) => !named.includes(`role/${name}"`))).toEqual([]);
  expect(statement.Condition.ArnEquals['aws:PrincipalArn']).toHaveLength(4);
  expect(statement.Condition.StringEquals).toEqual({ 'kms:ViaService': ['s3.eu-central-1.amazonaws.com'] });
});

describe('the state machine', () => {
  const [{ Properties: machine }] = Object.values(sciences.findResources('AWS::StepFunctions::StateMachine')) as [Json];
  const states: Json[] = Object.values(machine.Definition.States);

  test('passes the ID of a job to a function, and keeps only the next step', () => {
    const tasks = states.filter(({ Type }) => Type === 'Task');
    expect(tasks).toHaveLength(4);
    for (const { Parameters, OutputPath } of tasks) {
      expect(Parameters.Payload).toEqual({ 'job.$': '$.job' });
      expect(OutputPath).toBe('$.Payload');
    }
  });

  test("logs outcomes without execution data, under the foundation's key and with a finite retention", () => {
    expect(machine.LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
    const groups = Object.values(sciences.findResources('AWS::Logs::LogGroup')).map(({ Properties }) => Properties);
    const [group] = groups.filter(({ LogGroupName }) => LogGroupName?.startsWith('/aws/vendedlogs/states/'));
    expect(group).toMatchObject({ RetentionInDays: 30, KmsKeyId: expect.anything() });
  });

  test('can start its four functions and set up its log', () => {
    const [role] = Object.values(sciences.findResources('AWS::IAM::Role')).filter(({ Properties }) =>
      JSON.stringify(Properties.AssumeRolePolicyDocument).includes('states.amazonaws.com'),
    );
    const [invoke, logging] = (role as Json).Properties.Policies[0].PolicyDocument.Statement;
    expect(invoke).toMatchObject({ Action: 'lambda:InvokeFunction', Resource: [{}, {}, {}, {}] });
    expect(logging.Action.every((action: string) => action.startsWith('logs:'))).toBe(true);
  });
});

test('actors that use content keys or delete content are in the isolated VPC, and the other functions are not', () => {
  const functions = Object.values(sciences.findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties);
  const inVpc = Object.fromEntries(
    functions.flatMap(({ Environment, VpcConfig }) => {
      const name = Environment?.Variables?.UPKEEP_FUNCTION;
      return name === undefined ? [] : [[name, VpcConfig !== undefined]];
    }),
  );
  expect(inVpc).toEqual({
    [ACTORS.verifier]: true,
    eraser: true,
    exporter: true,
    [ACTORS.workspaceDeleter]: false,
    admin: false,
    confirm: false,
    [RESUME_JOBS]: false,
    'make-keys': false,
  });
});

test('administrators use the same authorizer as members, and their own function', () => {
  const methods = Object.values(sciences.findResources('AWS::ApiGateway::Method')).map(({ Properties }) => Properties);
  const ours = methods.filter(({ Integration }) => JSON.stringify(Integration.Uri).includes('RightsAdmin'));
  expect(ours.map(({ HttpMethod, AuthorizationType }) => [HttpMethod, AuthorizationType])).toEqual([
    ['ANY', 'COGNITO_USER_POOLS'],
    ['ANY', 'COGNITO_USER_POOLS'],
  ]);
});

test('a deployment applies a changed retention period after the gateway uses it', () => {
  const [[, resource] = []] = Object.entries(sciences.findResources('Custom::ContentRetention'));
  expect(resource?.Properties.Retention).toBe('365');
  expect(JSON.stringify(resource?.DependsOn)).toContain('"WorkspaceGatewayFunction');
  const [[, other] = []] = Object.entries(office.findResources('Custom::ContentRetention'));
  expect(other?.Properties.Retention).toBe('until-deleted');
});
