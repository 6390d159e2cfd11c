import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { AlertChannel } from '@/lib/constructs/alerts/alert-channel';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { ProviderState } from '@/lib/constructs/checks/provider-state';
import { generationPartition, leftPartition } from '@/lib/contract/provider-state';
import { stackIn } from '@/test/support/in-region';
import { evaluate, installEvaluator, type Request } from './evaluator/evaluator';
import { accountOf } from './support/account';
import type { Json } from './support/physical';

jest.setTimeout(60_000);
beforeAll(installEvaluator);

const ACCOUNT = '111122223333';
const LEFT = leftPartition('azure-eu', 0);
const GENERATION = generationPartition('azure-eu');

/** A deployment with a gateway's role, an operator's, and one that may do everything with tables. */
function deployedState() {
  const boundary = ResidencyBoundary.eu();
  const stack = stackIn('eu-central-1');
  const channel = new AlertChannel(stack, 'Alerts', { boundary, alerts: Alerts.none('a test') });
  const state = new ProviderState(stack, 'State', { boundary, channel });
  const role = (id: string) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  state.grantServe(role('Gateway'));
  role('Planted').addToPolicy(new iam.PolicyStatement({ actions: ['dynamodb:*'], resources: [state.table.tableArn] }));
  const template: Json = Template.fromStack(stack).toJSON();
  return accountOf([{ name: 'Chat', region: 'eu-central-1', account: ACCOUNT, partition: 'aws', template }]);
}

const { roles, resourcePolicies } = deployedState();
const [table = '', tablePolicy] = [...resourcePolicies].find(([arn]) => arn.includes(':table/')) ?? [];
type Who = 'Gateway' | 'Planted' | 'StateOperator';

type Tried = readonly [action: string, ...partitions: string[]];

/** What AWS lets a role do, of some actions on rows of these partitions. */
function allowed(who: Who, tried: readonly Tried[]): Tried[] {
  const role = roles.find(({ arn }) => arn.includes(who));
  if (role === undefined) throw new Error(`no role ${who} among ${roles.map(({ arn }) => arn).join(', ')}`);
  const identity = role.policies.map((_, index) => `identity ${index}`);
  const requests = tried.map(
    ([action, ...partitions]): Request => ({
      principal: role.arn,
      account: ACCOUNT,
      action: `dynamodb:${action}`,
      resource: table,
      context: {
        'aws:PrincipalArn': role.arn,
        ...(partitions.length > 0 && { 'dynamodb:LeadingKeys': partitions }),
      },
      identity,
      resourcePolicy: 'table',
    }),
  );
  const own = role.policies.map(({ policy }, index) => [identity[index], policy]);
  const verdicts = evaluate({ table: tablePolicy?.policy, ...Object.fromEntries(own) }, requests);
  return tried.filter((_, index) => {
    const { result, error } = verdicts[index] ?? { error: 'no verdict' };
    if (error !== undefined) throw new Error(error);
    return result === 'Allowed';
  });
}

const READS: readonly Tried[] = [['BatchGetItem', GENERATION, LEFT]];
const LEAVES: readonly Tried[] = [['UpdateItem', LEFT]];
const READMITS: readonly Tried[] = [
  ['UpdateItem', GENERATION],
  ['UpdateItem', GENERATION, LEFT],
];
const REWRITES = ['PutItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLDelete', 'PartiQLInsert', 'PartiQLUpdate'].flatMap(
  (action): Tried[] => [
    [action, LEFT],
    [action, GENERATION],
  ],
);
const OF_THE_TABLE = ['UpdateTimeToLive', 'DeleteTable', 'UpdateTable', 'Scan', 'Query', 'PutResourcePolicy'].map(
  (action): Tried => [action],
);

test('a gateway reads states, and says that a provider left, and nothing else', () => {
  expect(allowed('Gateway', [...READS, ...LEAVES, ...READMITS, ...REWRITES, ...OF_THE_TABLE])).toEqual([
    ...READS,
    ...LEAVES,
  ]);
});

test('the policy of the table alone keeps a gateway with every permission from readmitting', () => {
  expect(allowed('Planted', [...LEAVES, ...READMITS, ...REWRITES])).toEqual(LEAVES);
});

test('the operator lists, readmits and drills, and deletes nothing', () => {
  expect(allowed('StateOperator', [['Scan'], ...READS, ...LEAVES, ...READMITS, ...REWRITES])).toEqual([
    ['Scan'],
    ...READS,
    ...LEAVES,
    ...READMITS,
  ]);
});
