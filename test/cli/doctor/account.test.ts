import { countedQuotas } from '@/lib/cli/aws/doctor/counted-quotas';
import { modelAccess } from '@/lib/cli/aws/doctor/model-access';
import { quotas } from '@/lib/cli/aws/doctor/quotas';
import { stacks } from '@/lib/cli/aws/doctor/stacks';
import { trustedAccess } from '@/lib/cli/aws/doctor/trusted-access';
import { useCaseForm } from '@/lib/cli/aws/doctor/use-case-form';
import type { AwsAnswer } from '@/test/support/fake-aws';
import { FakeAccount } from './fake-account';
import { access, HEALTHY, instead, stacks as stackAnswer } from './healthy-account';

const account = new FakeAccount();
beforeAll(() => account.start());
afterAll(() => account.stop());

const REGION = 'eu-central-1';
const bedrock = (modelId: string) => ({
  provider: 'bedrock',
  id: modelId,
  modelId,
  sourceRegion: REGION,
  regions: [REGION],
});
const deployment = (over: object = {}) => ({
  name: 'exemple',
  primaryRegion: REGION,
  models: [{ id: 'assistant', destinations: [bedrock('amazon.nova-lite-v1:0')] }],
  workspaces: [],
  projects: [{ id: 'bot', models: ['assistant'], limits: {} }],
  network: {},
  ...over,
});
const CLAUDE = { models: [{ id: 'assistant', destinations: [bedrock('anthropic.claude-sonnet-4-6')] }] };
const DENIED: AwsAnswer = { error: 'AccessDeniedException', status: 403 };
const NONE: AwsAnswer = { error: 'ResourceNotFoundException', status: 404 };

describe('quotas that AWS does not raise', () => {
  const some = (length: number) => Array.from({ length }, () => ({}));
  const trails = (count: number) => instead('cloudtrail DescribeTrails', { json: { trailList: some(count) } });
  const policies = (count: number) =>
    instead('logs DescribeResourcePolicies', { json: { resourcePolicies: some(count) } });
  const resource = (type: string, status: string) =>
    instead('cloudformation ListStackResources', {
      xml: `<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries><member><LogicalResourceId>X</LogicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>${status}</ResourceStatus><LastUpdatedTimestamp>2026-11-01T00:00:00Z</LastUpdatedTimestamp></member></StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`,
    });
  const examined = (...answerers: ReturnType<typeof instead>[]) =>
    account.examined(countedQuotas, [...answerers, ...HEALTHY], deployment());

  test('one more trail and log policy fit', async () => {
    expect(await examined(trails(4), policies(9))).toMatchObject([
      { state: 'ok', found: '4 of 5 trails' },
      { state: 'ok', found: '9 of 10 resource policies of CloudWatch Logs' },
    ]);
    expect(account.aws.calls.map(({ service }) => service)).not.toContain('cloudformation');
  });

  test('none fits before the first deployment', async () => {
    expect(await examined(trails(5), policies(10))).toMatchObject([
      { state: 'missing', fix: expect.stringMatching(/aws cloudtrail describe-trails --region eu-central-1$/) },
      {
        state: 'missing',
        found: '10 of 10 resource policies of CloudWatch Logs, and the deployment needs one more',
        fix: expect.stringMatching(/aws logs describe-resource-policies --region eu-central-1$/),
      },
    ]);
  });

  test("the deployment's own counts once it exists", async () => {
    const own = resource('AWS::CloudTrail::Trail', 'CREATE_COMPLETE');
    const found = "5 of 5 trails, one of them this deployment's";
    expect(await examined(trails(5), policies(10), own)).toMatchObject([{ state: 'ok', found }, { state: 'missing' }]);
    const rolledBack = resource('AWS::CloudTrail::Trail', 'DELETE_COMPLETE');
    expect((await examined(trails(5), rolledBack))[0]?.state).toBe('missing');
  });

  test('a perimeter needs a second trail, and an account with that of the organization none of the foundation', async () => {
    const found = async (count: number, more: object, ...answerers: ReturnType<typeof instead>[]) => {
      const given = [trails(count), policies(0), ...answerers, ...HEALTHY];
      const [line] = await account.examined(countedQuotas, given, deployment(more));
      return `${line?.state} ${line?.found}`;
    };
    const perimeter = { organization: 'o-exampleorgid' };
    const trail = { organization: 'arn:aws:cloudtrail:eu-central-1:444455556666:trail/a' };
    const deployed = resource('AWS::CloudTrail::Trail', 'CREATE_COMPLETE');
    expect(await found(3, { perimeter })).toBe('ok 3 of 5 trails');
    expect(await found(4, { perimeter })).toBe('missing 4 of 5 trails, and the deployment needs 2 more');
    expect(await found(5, { perimeter }, deployed)).toBe("ok 5 of 5 trails, 2 of them this deployment's");
    expect(await found(5, { perimeter, trail })).toBe('missing 5 of 5 trails, and the deployment needs one more');
    expect(await found(5, { trail })).toBe('ok 0 of 10 resource policies of CloudWatch Logs');
  });

  test('what can not be read is not visible', async () => {
    const unreadable = instead('cloudformation ListStackResources', DENIED);
    expect(await examined(trails(5), instead('logs', DENIED), unreadable)).toMatchObject([
      { state: 'not-visible', found: 'trails: cloudformation:ListStackResources is denied' },
      { state: 'not-visible', found: expect.stringContaining('logs:DescribeResourcePolicies is denied') },
    ]);
  });
});

describe('sign-ins', () => {
  const workspace = (identity?: object) => ({ id: 'w', models: [], limits: {}, identity });
  const local = workspace();
  const federated = workspace({ provider: { saml: {} } });
  const shared = workspace({ shared: 'staff' });
  const rates = async (workspaces: object[], members?: number) => {
    const values: Record<string, number> = { 'L-026ADBA3': 120, 'L-BB3E7CCF': 25 };
    const quota = instead('servicequotas GetServiceQuota', ({ body }) => ({
      json: { Quota: { Value: values[JSON.parse(body).QuotaCode] ?? 1_000 } },
    }));
    const lines = await account.examined(quotas, [quota, ...HEALTHY], deployment({ workspaces }), { members });
    return lines
      .filter(({ found }) => /Cognito/.test(found))
      .map(({ state, found }) => `${state} ${found.slice(0, 67)}`);
  };
  const authentication = (needed?: number) =>
    needed === undefined
      ? 'ok 120 UserAuthentication requests per second in Cognito'
      : `missing 120 UserAuthentication requests per second in Cognito, but ${needed}`;

  test.each<[string, object[], number | undefined, unknown[]]>([
    ['no workspace', [], 1_000_000, []],
    ['no number of members', [local], undefined, [authentication()]],
    ['two requests for each, with the second factor', [local], 18_000, [authentication()]],
    ['one member more', [local], 18_001, [expect.stringContaining(authentication(121))]],
    ['two workspaces', [local, local], 9_001, [expect.stringContaining(authentication(121))]],
    ['a provider, with one request for each', [federated], 7_500, [authentication(), expect.stringMatching(/^ok 25 /)]],
    [
      'one member more of providers',
      [federated, shared],
      3_751,
      [authentication(), expect.stringMatching(/^missing 25 .*but 26/)],
    ],
    [
      'tokens that are renewed',
      [federated],
      108_001,
      [expect.stringContaining(authentication(121)), expect.any(String)],
    ],
  ])('%s', async (_, workspaces, members, expected) => expect(await rates(workspaces, members)).toEqual(expected));
});

describe('concurrency', () => {
  const least = async (over: object) => {
    const none = instead('servicequotas GetServiceQuota', { json: { Quota: { Value: 0 } } });
    const lines = await account.examined(quotas, [none, ...HEALTHY], deployment(over));
    return /executions of Lambda, but (\d+) are/.exec(lines.map(({ found }) => found).join('\n'))?.[1];
  };
  const workspace = (concurrency?: number) => ({ id: 'w', models: [], limits: { concurrency } });

  test.each<[string, object, string]>([
    ['ten for each gateway, and ten more', { workspaces: [workspace()] }, '30'],
    ["a workspace's, and a hundred more", { workspaces: [workspace(20), workspace()] }, '120'],
    ["every job's", { workspaces: [workspace(), workspace()], jobs: { concurrency: 3 } }, '124'],
    ['with recovery', { workspaces: [workspace()], jobs: { concurrency: 3 }, recoveryRegion: 'eu-west-1' }, '118'],
    ["the projects'", { api: { projectsConcurrency: 50 } }, '150'],
    ['no projects', { api: { projectsConcurrency: 50 }, projects: [], workspaces: [workspace(5)] }, '105'],
    ['many gateways', { workspaces: Array.from({ length: 12 }, () => workspace(1)) }, '152'],
  ])('%s', async (_, over, needed) => expect(await least(over)).toBe(needed));
});

describe('models', () => {
  const examined = (over: object, modelId: string, more: object = {}) => {
    const answer = instead('bedrock GET /foundation-model-availability', access(modelId, over));
    return account.examined(modelAccess, [answer, ...HEALTHY], deployment(more));
  };
  const offer = (id: string) =>
    `aws bedrock create-foundation-model-agreement --model-id ${id} --region ${REGION} --offer-token ` +
    `"$(aws bedrock list-foundation-model-agreement-offers --model-id ${id} --region ${REGION} --query 'offers[0].offerToken' --output text)"`;

  const SONNET = 'anthropic.claude-sonnet-4-6';
  const COHERE = 'cohere.command-r-plus-v1:0';
  const of = (modelId: string) => ({ models: [{ id: 'assistant', destinations: [bedrock(modelId)] }] });
  const NOT_AGREED = { agreementAvailability: { status: 'NOT_AVAILABLE' } };

  test('an agreement is made by commands, with the permissions that they need', async () => {
    const [line] = await examined(NOT_AGREED, COHERE, of(COHERE));
    expect(line?.fix).toBe(
      `accept its terms, as a principal with aws-marketplace:Subscribe, Unsubscribe and ViewSubscriptions: ${offer(COHERE)}`,
    );
    expect(line?.fix).not.toContain('console');
  });

  test.each([
    [
      "a maker's form comes first",
      SONNET,
      { ...NOT_AGREED, authorizationStatus: 'NOT_AUTHORIZED' },
      /^submit the form unless the line 'use-case form' is ok; then accept its terms/,
    ],
    [
      'an account that is not authorised for a form',
      SONNET,
      { authorizationStatus: 'NOT_AUTHORIZED' },
      /^submit the form .*; then look for a service control policy/,
    ],
    [
      'an account with an agreement and a form',
      SONNET,
      { entitlementAvailability: 'NOT_AVAILABLE' },
      /then look for a service control policy .*get-foundation-model-availability --model-id anthropic/,
    ],
    [
      'an account with an agreement',
      COHERE,
      { authorizationStatus: 'NOT_AUTHORIZED' },
      /^look for a service control policy/,
    ],
    [
      'a maker without offers',
      'amazon.nova-lite-v1:0',
      NOT_AGREED,
      /^it has no terms to accept; look for a service control policy/,
    ],
    ['a maker without offers that is not Amazon', 'openai.gpt-oss-120b-1:0', NOT_AGREED, /^it has no terms to accept/],
  ])('%s', async (_, modelId, answer, fix) => {
    const [line] = await examined(answer, modelId, of(modelId));
    expect(line).toMatchObject({ state: 'missing', fix: expect.stringMatching(fix) });
    if (!fix.source.includes('accept its terms')) expect(line?.fix).not.toContain('--offer-token');
  });

  test('an agreement that is being made takes time', async () => {
    expect(await examined({ agreementAvailability: { status: 'PENDING' } }, 'amazon.nova-lite-v1:0')).toMatchObject(
      [
        {
          state: 'missing',
          found: 'amazon.nova-lite-v1:0: its agreement is being made',
          fix: /it can take 15 minutes$/,
        },
      ].map((row) => ({ ...row, fix: expect.stringMatching(row.fix) })),
    );
  });

  const form = (answer: AwsAnswer, over: object = CLAUDE) =>
    account.examined(useCaseForm, [instead('bedrock GET /use-case-for-model-access', answer)], deployment(over));

  test('the form is asked for once, and its content is not shown', async () => {
    expect(await form({ json: { formData: Buffer.from('CANARY').toString('base64') } })).toEqual([
      { check: 'use-case form', state: 'ok', region: REGION, found: 'submitted' },
    ]);
    expect(account.aws.calls).toHaveLength(1);
  });

  test('without a form of the account, the command submits one', async () => {
    expect(await form(NONE)).toMatchObject([
      {
        state: 'not-visible',
        fix: expect.stringContaining(
          'aws bedrock put-use-case-for-model-access --form-data fileb://form.json --region eu-central-1',
        ),
      },
    ]);
    expect(await form(DENIED)).toMatchObject([{ found: 'bedrock:GetUseCaseForModelAccess is denied' }]);
  });

  test('models of other makers need no form', async () => expect(await form(NONE, {})).toEqual([]));
});

describe('trusted access', () => {
  const ID = 'anthropic-cyber';
  const program = (status: string, optIn = 'inherit') =>
    instead('bedrock GET /trusted-access-programs', {
      json: { programSummaries: [{ programId: ID, status, optIn, providerName: 'Anthropic' }] },
    });
  const disable = `aws bedrock put-trusted-access-program-account-enrollment --program-identifier ${ID} --opt-in disabled --region ${REGION}`;
  const examined = (...answerers: ReturnType<typeof instead>[]) =>
    account.examined(trustedAccess, [...answerers, ...HEALTHY], deployment());

  test('every Region that may process a request is asked for programs and storages', async () => {
    expect(await examined()).toMatchObject([{ state: 'ok', found: 'in no program, and no storage for retained data' }]);
    expect(account.aws.calls.map(({ region, action }) => `${region} ${action}`).sort()).toEqual([
      'eu-central-1 GET /trusted-access-programs',
      'eu-central-1 GET /v1/data_retention/storage/anthropic',
      'eu-central-1 GET /v1/data_retention/storage/openai',
    ]);
  });

  test.each<[string, string, string, string]>([
    ['enabled', 'enabled', 'missing', `${ID}: the account takes part, so its provider's terms on retention apply`],
    ['enabled', 'inherit', 'missing', `${ID}: the account takes part, so its provider's terms on retention apply`],
    [
      'waiting',
      'inherit',
      'missing',
      `${ID}: the account may take part: its status is unknown, so its provider's terms on retention apply`,
    ],
    ['revoked', 'enabled', 'soon', `${ID}: the account takes part as soon as it is eligible again`],
  ])('status %s, opt-in %s is %s', async (status, optIn, state, found) => {
    expect(await examined(program(status, optIn))).toMatchObject([{ state, found, fix: disable }]);
  });

  test.each(['requestable', 'eligible', 'disabled', 'revoked'])('status %s alone is ok', async (status) => {
    expect(await examined(program(status))).toMatchObject([{ state: 'ok' }]);
  });

  test('an id of another form is no part of a command', async () => {
    const answer = { json: { programSummaries: [{ programId: 'x; rm -r', status: 'enabled', optIn: 'enabled' }] } };
    const [line] = await examined(instead('bedrock GET /trusted-access-programs', answer));
    expect(line?.fix).toContain('--program-identifier PROGRAM ');
  });

  test('a storage for retained data is refused', async () => {
    const set = instead('bedrock GET /v1/data_retention/storage/openai', {
      json: { storageDestination: 'customer_managed', modelProvider: 'openai', scope: 'account' },
    });
    expect(await examined(set)).toMatchObject([
      {
        state: 'missing',
        found: 'a storage is set for what openai retains',
        fix: 'aws bedrock delete-account-data-retention-storage --model-provider openai --region eu-central-1',
      },
    ]);
  });

  test('what can not be read is not visible, and an answer without programs is no answer', async () => {
    expect(await examined(instead('bedrock GET', DENIED))).toMatchObject([
      { state: 'not-visible', found: 'bedrock:ListTrustedAccessPrograms is denied' },
      { state: 'not-visible', found: 'bedrock:GetAccountDataRetentionStorage is denied' },
    ]);
    expect(await examined(instead('bedrock GET /trusted-access-programs', { json: {} }))).toMatchObject([
      { state: 'not-visible', found: 'bedrock:ListTrustedAccessPrograms failed' },
    ]);
  });
});

describe('stacks', () => {
  test.each([
    [
      'CREATE_FAILED',
      /^npx cdk rollback exemple-foundation && aws cloudformation update-termination-protection .* && npx cdk deploy --all; the reason is in: /,
    ],
    ['UPDATE_FAILED', /^npx cdk rollback exemple-foundation; /],
    [
      'UPDATE_ROLLBACK_FAILED',
      /^aws cloudformation continue-update-rollback --stack-name exemple-foundation --region eu-central-1; /,
    ],
    ['DELETE_FAILED', /^aws cloudformation delete-stack --stack-name exemple-foundation --region eu-central-1; /],
  ])('%s has its commands, and the one that shows the reason', async (status, fix) => {
    const answer = instead('cloudformation DescribeStacks', stackAnswer([['exemple-foundation', status, true]]));
    const [line] = await account.examined(stacks, [answer], deployment());
    expect(line).toMatchObject({ state: 'missing', fix: expect.stringMatching(fix) });
    expect(line?.fix).toMatch(
      /aws cloudformation describe-stack-events --stack-name exemple-foundation --region eu-central-1 --query /,
    );
  });
});
