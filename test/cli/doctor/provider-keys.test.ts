import { providerKeys } from '@/lib/cli/aws/doctor/provider-keys';
import type { AwsAnswer } from '@/test/support/fake-aws';
import { DEPLOYMENT } from '../../support/deployment';
import { withEgress } from '../../support/egress-deployment';
import { FakeAccount } from './fake-account';
import { HEALTHY, instead } from './healthy-account';

const account = new FakeAccount();
beforeAll(() => account.start());
afterAll(() => account.stop());

const SECRET = 'exemple/providers/openai/key';
const examined = (answer: AwsAnswer, deployment: object = withEgress()) =>
  account.examined(providerKeys, [instead('secretsmanager DescribeSecret', answer), ...HEALTHY], deployment);

test.each<[string, AwsAnswer, string, string, RegExp | undefined]>([
  [
    'a key',
    { json: { VersionIdsToStages: { v1: ['AWSPREVIOUS'], v2: ['AWSCURRENT'] } } },
    'ok',
    'has a key',
    undefined,
  ],
  [
    'no version',
    { json: { Name: SECRET } },
    'missing',
    "is empty, so requests to 'openai' fail over, or fail",
    /ProviderKeysRole of exemple-egress: aws secretsmanager put-secret-value --secret-id exemple\/providers\/openai\/key /,
  ],
  ['no present version', { json: { VersionIdsToStages: { v1: ['AWSPENDING'] } } }, 'missing', 'is empty', /put-secret/],
  [
    'a deletion ahead',
    { json: { DeletedDate: 1764633600, VersionIdsToStages: { v1: ['AWSCURRENT'] } } },
    'missing',
    'is scheduled for deletion',
    /restore-secret --secret-id exemple/,
  ],
  ['no secret', { error: 'ResourceNotFoundException' }, 'soon', "doesn't exist yet", /^deploy, then/],
  [
    'no permission',
    { error: 'AccessDeniedException' },
    'not-visible',
    'secretsmanager:DescribeSecret is denied',
    /secretsmanager:DescribeSecret/,
  ],
])('%s of a provider is a line', async (_, answer, state, found, fix) => {
  const lines = await examined(answer);
  expect(lines).toEqual([
    {
      check: 'provider key',
      state,
      region: 'eu-central-1',
      found: expect.stringContaining(found),
      ...(fix && { fix: expect.stringMatching(fix) }),
    },
  ]);
  expect(lines[0]?.found).toContain(SECRET);
  // Nothing reads a value.
  expect(account.aws.calls.map(({ action, body }) => [action, body])).toEqual([
    ['DescribeSecret', JSON.stringify({ SecretId: SECRET })],
  ]);
});

test('a deployment without a provider has no line', async () => {
  expect(await examined({ json: {} }, DEPLOYMENT)).toEqual([]);
});
