import { providerStates } from '@/lib/cli/aws/doctor/provider-states';
import { type DepartureKind, generationPartition, leftPartition } from '@/lib/contract/provider-state';
import { leftAttributes } from '@/lib/runtime/gateway/providers/state-item';
import type { AwsAnswer } from '@/test/support/fake-aws';
import { DEPLOYMENT } from '../../support/deployment';
import { withEgress } from '../../support/egress-deployment';
import { FakeAccount } from './fake-account';
import { HEALTHY, instead } from './healthy-account';

const account = new FakeAccount();
beforeAll(() => account.start());
afterAll(() => account.stop());

const stack = (outputs: string): AwsAnswer => ({
  xml: `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>exemple-foundation</StackName><StackStatus>UPDATE_COMPLETE</StackStatus>
    <CreationTime>2026-11-01T00:00:00Z</CreationTime><Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
});
const TABLE = '<member><OutputKey>ProviderStateTable</OutputKey><OutputValue>exemple-states</OutputValue></member>';
const row = (pk: string, item: object) => ({ pk: { S: pk }, sk: { S: 'state' }, ...item });
const left = (name: string, kind: DepartureKind) => {
  const state = { name, generation: 0, at: '2026-12-01T08:00:00.000Z', kind, refusals: 7, models: ['gpt-5.4'] };
  return row(leftPartition(name, 0), leftAttributes(state));
};
const rows = (...Items: object[]): AwsAnswer => ({ json: { Items } });

const examined = (described: AwsAnswer, scanned: AwsAnswer = rows(), deployment: object = withEgress()) =>
  account.examined(
    providerStates,
    [instead('cloudformation DescribeStacks', described), instead('dynamodb Scan', scanned), ...HEALTHY],
    deployment,
  );
const since = (name: string) => `'${name}' is out of use since 2026-12-01T08:00:00.000Z: `;

test.each<[string, AwsAnswer, AwsAnswer | undefined, string, string, string | undefined]>([
  ['no stack yet', { error: 'ValidationError' }, undefined, 'ok', "doesn't exist yet", undefined],
  ['a stack without the table', stack(''), undefined, 'not-visible', 'has no table of provider states', 'deploy it'],
  ['none out of use', stack(TABLE), rows(), 'ok', 'none of openai is out of use', undefined],
  [
    'one that was readmitted',
    stack(TABLE),
    rows(left('openai', 'key'), row(generationPartition('openai'), { generation: { N: '9' } })),
    'ok',
    'none of openai is out of use',
    undefined,
  ],
  [
    'a provider out of use',
    stack(TABLE),
    rows(left('openai', 'key')),
    'soon',
    `${since('openai')}it refused the key or the account (7 consecutive refusals; called: gpt-5.4)`,
    'remove the cause, then: eu-residency providers readmit openai --stack exemple-foundation --region eu-central-1',
  ],
  [
    'a model out of use',
    stack(TABLE),
    rows(left('openai/gpt-5.4', 'access')),
    'soon',
    `${since('openai/gpt-5.4')}it refused access`,
    'eu-residency providers readmit openai/gpt-5.4',
  ],
  [
    'a name that a shell would run',
    stack(TABLE),
    rows(left("openai/x';id;'", 'access')),
    'soon',
    since("openai/x';id;'"),
    String.raw`readmit 'openai/x'\'';id;'\'''`,
  ],
  [
    'a drill',
    stack(TABLE),
    rows(left('openai', 'drill')),
    'soon',
    `${since('openai')}a drill takes it out of use`,
    'let the drill end; if none is running: eu-residency providers readmit openai',
  ],
  [
    'a stack that can not be read',
    { error: 'AccessDenied' },
    undefined,
    'not-visible',
    'cloudformation:DescribeStacks is denied',
    'cloudformation:DescribeStacks',
  ],
  [
    'a table that can not be read',
    stack(TABLE),
    { error: 'AccessDeniedException' },
    'not-visible',
    'dynamodb:Scan is denied',
    'dynamodb:Scan',
  ],
])('%s is a line', async (_, described, scanned, state, found, fix) => {
  expect(await examined(described, scanned)).toEqual([
    {
      check: 'provider state',
      state,
      region: 'eu-central-1',
      found: expect.stringContaining(found),
      ...(fix !== undefined && { fix: expect.stringContaining(fix) }),
    },
  ]);
});

test('a deployment without a provider outside AWS has no line, and nothing is asked', async () => {
  expect(await examined(stack(TABLE), rows(left('openai', 'key')), DEPLOYMENT)).toEqual([]);
  expect(account.aws.calls).toEqual([]);
});
