import { FakeControlPlane } from './support/fake-control-plane';
import { event, PROFILE, providerFor, REGIONS, RETENTION } from './support/settings-handler';

const fake = new FakeControlPlane();
beforeAll(() => fake.start(...REGIONS));
afterAll(() => fake.stop());
beforeEach(() => fake.reset());

const NONE = Object.fromEntries(REGIONS.map((region) => [region, 'none']));
const puts = () => fake.calls.filter(({ action }) => action === 'PutAccountDataRetention');

test('every Region is set to none and read back, and its former mode is stored', async () => {
  fake.region('eu-west-1').mode = 'provider_data_share';
  const { handler, former, answers } = providerFor(fake, RETENTION);
  await handler(event('Create'));
  expect(fake.modes).toEqual(NONE);
  expect(Object.fromEntries(former)).toEqual({
    ...Object.fromEntries(REGIONS.map((region) => [region, 'inherit'])),
    'eu-west-1': 'provider_data_share',
  });
  expect(answers).toEqual([
    {
      Status: 'SUCCESS',
      Data: { Unusable: 'none' },
      PhysicalResourceId: 'Retention',
      StackId: expect.any(String),
      RequestId: 'request-1',
      LogicalResourceId: 'Retention',
    },
  ]);
});

test('a second run changes nothing', async () => {
  await providerFor(fake, RETENTION).handler(event('Create'));
  fake.calls.length = 0;
  const { handler, former, answers } = providerFor(fake, RETENTION);
  await handler(event('Update', { PhysicalResourceId: 'Retention' }));
  expect(puts()).toEqual([]);
  expect(former).toEqual([]);
  expect(answers[0]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Retention' });
});

test('a Region that is already set isn’t changed', async () => {
  fake.region('eu-west-3').mode = 'none';
  await providerFor(fake, RETENTION).handler(event('Create'));
  expect(puts().map(({ region }) => region)).not.toContain('eu-west-3');
});

test('deleting the stack loosens nothing, and makes no call', async () => {
  await providerFor(fake, RETENTION).handler(event('Create'));
  fake.calls.length = 0;
  const { handler, answers } = providerFor(fake, RETENTION);
  await handler(event('Delete', { PhysicalResourceId: 'Retention' }));
  expect(fake.calls).toEqual([]);
  expect(fake.modes).toEqual(NONE);
  expect(answers[0]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Retention' });
});

test('Regions in an event are ignored', async () => {
  await providerFor(fake, RETENTION).handler(event('Create', { ResourceProperties: { mode: 'default' } }));
  expect(puts().map(({ body }) => JSON.parse(body))).toEqual(REGIONS.map(() => ({ mode: 'none' })));
});

// biome-ignore format: one row a line
const ERRORS: [string, { status: number; name: string }, string][] = [
  ['fails', { status: 500, name: 'InternalServerException' }, 'GetModelInvocationLoggingConfiguration failed in eu-west-1; deploy again'],
  ['throttles', { status: 429, name: 'ThrottlingException' }, 'is throttled in eu-west-1 after several attempts; deploy again in a few minutes'],
  ['denies', { status: 403, name: 'AccessDeniedException' }, 'is denied in eu-west-1; allow it for the function\'s role: look for a service control policy'],
  ['refuses the credentials, although it is not an opt-in Region', { status: 403, name: 'UnrecognizedClientException' }, 'is denied in eu-west-1'],
];

test.each(ERRORS)('a Region that %s stops the deployment, and the other Regions are set', async (_, error, message) => {
  fake.region('eu-west-1').error = error;
  const { handler, answers } = providerFor(fake, RETENTION);
  await handler(event('Create'));
  expect(fake.modes).toEqual({ ...NONE, 'eu-west-1': 'inherit' });
  expect(answers[0]?.Status).toBe('FAILED');
  expect(answers[0]?.Reason).toContain(message);
  expect(answers[0]?.Reason).not.toContain('CANARY');
});

test('a call that is throttled once is retried', async () => {
  fake.region('eu-west-1').error = { status: 429, name: 'ThrottlingException', times: 1 };
  const { handler, answers } = providerFor(fake, RETENTION);
  await handler(event('Create'));
  expect(answers[0]?.Status).toBe('SUCCESS');
  expect(fake.modes).toEqual(NONE);
});

test('an opt-in Region that is not enabled is reported with two remedies, and doesn’t stop the deployment', async () => {
  fake.region('eu-south-1').error = { status: 403, name: 'UnrecognizedClientException' };
  const { handler, answers } = providerFor(fake, RETENTION);
  await handler(event('Create'));
  expect(answers[0]?.Status).toBe('SUCCESS');
  expect(answers[0]?.Data?.Unusable).toBe(
    "eu-south-1 is an opt-in Region that this account hasn't enabled, so Bedrock's retention there can't be set or read, and no " +
      'project can use a destination that may reach it; enable eu-south-1 (Account settings in the console, or ' +
      "'aws account enable-region --region-name eu-south-1'), then set it ('aws bedrock put-account-data-retention --mode none " +
      "--region eu-south-1'), or choose a destination that doesn't reach it",
  );
  expect(fake.modes).toEqual({ ...NONE, 'eu-south-1': 'inherit' });
});

test('a mode that doesn’t persist stops the deployment', async () => {
  fake.region('eu-north-1').stuck = true;
  const { handler, answers } = providerFor(fake, RETENTION);
  await handler(event('Create'));
  expect(answers[0]?.Reason).toContain("was set to 'none' in eu-north-1, but is 'inherit' afterwards");
});

describe('verify', () => {
  const verify = { ...RETENTION, mode: 'verify' } as const;

  test('reads only', async () => {
    for (const region of REGIONS) fake.region(region).mode = 'none';
    const { handler, answers } = providerFor(fake, verify);
    await handler(event('Create'));
    expect(answers[0]?.Status).toBe('SUCCESS');
    expect(puts()).toEqual([]);
  });

  test('names each Region where the mode is not none, and the remedy', async () => {
    for (const region of REGIONS) fake.region(region).mode = 'none';
    fake.region('eu-west-3').mode = 'default';
    const { handler, answers } = providerFor(fake, verify);
    await handler(event('Create'));
    expect(answers[0]?.Reason).toContain(
      "Bedrock's retention doesn't meet the boundary: the retention mode of Bedrock must be 'none' in eu-west-3, found " +
        "'default', and 'bedrock.retention: verify' doesn't set it; ask its owner to set it there for the whole account, or write " +
        "'bedrock.retention: manage'",
    );
    expect(puts()).toEqual([]);
  });
});

describe('invocation logging', () => {
  test.each([
    ['to a bucket', { s3Config: { bucketName: 'prompts' } }, "bucket 'prompts'"],
    ['to a log group', { cloudWatchConfig: { logGroupName: '/bedrock', roleArn: 'arn:x' } }, "log group '/bedrock'"],
    [
      'to both',
      { s3Config: { bucketName: 'b' }, cloudWatchConfig: { logGroupName: 'g', roleArn: 'r' } },
      "bucket 'b' and log group 'g'",
    ],
  ])('%s is refused and left on, and nothing is changed in its Region', async (_, logging, place) => {
    fake.region('eu-west-1').logging = logging;
    const { handler, answers } = providerFor(fake, RETENTION);
    await handler(event('Create'));
    expect(answers[0]?.Reason).toContain(
      `model invocation logging is on in eu-west-1, so every prompt and answer of the account there is written to ${place}; ask its owner to ` +
        "turn it off (Bedrock's settings in the console, or 'aws bedrock delete-model-invocation-logging-configuration",
    );
    expect(fake.region('eu-west-1')).toMatchObject({ logging, mode: 'inherit' });
    expect(fake.calls.map(({ action }) => action)).not.toContain('DeleteModelInvocationLoggingConfiguration');
  });
});

describe('declared invocation logging', () => {
  const declared = { region: 'eu-central-1', bucket: 'prompts', logGroup: '/bedrock' };
  const policy = { ...RETENTION, logging: declared };
  const toLogGroup = (logGroupName: string, large?: string) => ({
    cloudWatchConfig: {
      logGroupName,
      roleArn: 'arn:x',
      ...(large && { largeDataDeliveryS3Config: { bucketName: large } }),
    },
  });

  // biome-ignore format: one row a line
  test.each<[string, object]>([
    ['the bucket', { s3Config: { bucketName: 'prompts' } }],
    ['the log group', toLogGroup('/bedrock')],
    ['both, with what is large in the bucket', { s3Config: { bucketName: 'prompts' }, ...toLogGroup('/bedrock', 'prompts') }],
  ])('may write to %s, is left on, and causes no finding', async (_, logging) => {
    fake.region('eu-central-1').logging = { ...logging };
    const { handler, answers } = providerFor(fake, policy);
    await handler(event('Create'));
    expect(answers[0]?.Status).toBe('SUCCESS');
    expect(fake.modes).toEqual(NONE);
    expect(fake.region('eu-central-1').logging).toEqual(logging);

    fake.region('eu-central-1').profiles[PROFILE] = REGIONS;
    const check = providerFor(fake, { ...policy, task: 'check' });
    await check.handler({ source: 'aws.events' });
    expect(check.lines[0]).toMatchObject({ loggingOn: 0, checksFailed: 0 });
    // Without declared logging, it is still reported.
    expect(check.readings).toContainEqual(expect.objectContaining({ region: 'eu-central-1', logging: true }));
  });

  // biome-ignore format: one row a line
  test.each<[string, string, object, string]>([
    ['another bucket', 'eu-central-1', { s3Config: { bucketName: 'other' } }, "bucket 'other'"],
    ['another log group', 'eu-central-1', toLogGroup('/other'), "log group '/other'"],
    ['another bucket besides the declared one', 'eu-central-1', { s3Config: { bucketName: 'prompts' }, ...toLogGroup('/bedrock', 'other') }, "bucket 'prompts' and bucket 'other' and log group '/bedrock'"],
    ['a bucket of the same name in another Region', 'eu-west-1', { s3Config: { bucketName: 'prompts' } }, "bucket 'prompts'"],
  ])('is refused with %s', async (_, region, logging, place) => {
    fake.region(region).logging = { ...logging };
    const { handler, answers } = providerFor(fake, policy);
    await handler(event('Create'));
    const remedy = "or to use only what 'bedrock.invocationLogging' declares (bucket 'prompts' and log group '/bedrock'), or choose";
    expect(answers[0]?.Status).toBe('FAILED');
    expect(answers[0]?.Reason).toContain(`is written to ${place}; ask its owner to turn it off`);
    expect(answers[0]?.Reason?.includes(remedy)).toBe(region === 'eu-central-1');

    fake.region('eu-central-1').profiles[PROFILE] = REGIONS;
    const check = providerFor(fake, { ...policy, task: 'check' });
    await check.handler({ source: 'aws.events' });
    expect(check.lines[0]).toMatchObject({ loggingOn: 1 });
  });
});

describe('after a crash', () => {
  const steps = REGIONS.flatMap((region) => [
    ['before the former mode is kept', region, 'keep'] as const,
    ['before it is set', region, 'PutAccountDataRetention'] as const,
    ['before it is read', region, 'GetAccountDataRetention'] as const,
    ['before it is read back', region, 'read-back'] as const,
  ]);

  test.each(steps)('%s in %s, the next run ends with every Region set', async (_, region, step) => {
    const crashing = providerFor(fake, RETENTION, {
      ...(step === 'keep' && {
        storeFormer: async (where) => {
          if (where === region) throw new Error('out of time');
        },
      }),
    });
    if (step !== 'keep') {
      const afterSet = step === 'read-back';
      const only = afterSet ? 'GetAccountDataRetention' : step;
      fake.region(region).error = { status: 500, name: 'InternalServerException', only, afterSet };
    }
    await crashing.handler(event('Create'));
    expect(crashing.answers[0]?.Status).toBe('FAILED');
    fake.region(region).error = undefined;

    const { handler, answers, former } = providerFor(fake, RETENTION);
    await handler(event('Create'));
    expect(answers[0]?.Status).toBe('SUCCESS');
    expect(fake.modes).toEqual(NONE);
    // The crashed run has stored the former mode of each Region that it set.
    expect([...crashing.former, ...former].map(([where]) => where)).toContain(region);
    expect(former.map(([where]) => where)).toEqual(step === 'read-back' ? [] : [region]);
  });

  test('before the answer is sent, Lambda’s next run gives the same answer and changes nothing', async () => {
    const responder = { boundary: 'eu', region: 'eu-central-1', delayMs: 1, fetch: async () => ({ status: 503 }) };
    await expect(providerFor(fake, RETENTION, { responder }).handler(event('Create'))).rejects.toThrow(
      "the answer couldn't be sent to CloudFormation (status 503); Lambda runs the function again",
    );
    fake.calls.length = 0;
    const { handler, answers } = providerFor(fake, RETENTION);
    await handler(event('Create'));
    expect(answers[0]?.Status).toBe('SUCCESS');
    expect(puts()).toEqual([]);
  });
});

test('a former mode that can’t be stored prevents the change', async () => {
  const { handler, answers } = providerFor(fake, RETENTION, {
    storeFormer: async () => {
      throw Object.assign(new Error('CANARY'), { name: 'AccessDenied' });
    },
  });
  await handler(event('Create'));
  expect(puts()).toEqual([]);
  expect(answers[0]?.Reason).toContain(
    "the former retention mode of eu-central-1 couldn't be stored in the evidence bucket (AccessDenied), so the mode wasn't changed",
  );
  expect(answers[0]?.Reason).not.toContain('CANARY');
});

test('a scheduled run is refused', async () => {
  await expect(providerFor(fake, RETENTION).handler({ source: 'aws.events' })).rejects.toThrow(
    'answers only CloudFormation',
  );
});
