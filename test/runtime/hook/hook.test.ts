import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { change, changeSetEvent, PAYLOAD_URL, resourceEvent, SIGNATURE, stackEvent } from './support/events';
import { EU, hookIn } from './support/hook';
import { Payloads } from './support/payloads';
import { BY_PARAMETER, INSIDE, json, OUTSIDE, table, YAML_OUTSIDE } from './support/templates';

const s3 = new Payloads();
beforeAll(() => s3.start());
afterAll(() => s3.stop());

const { answer } = hookIn({ fetch: s3.fetch });
const TOKEN = 'f8da6d11-b23f-48f4-814c-0fb6a667f50e';
const ALLOWED = { hookStatus: 'SUCCESS', clientRequestToken: TOKEN };
const REFUSED = { hookStatus: 'FAILED', errorCode: 'NonCompliant', clientRequestToken: TOKEN };

describe('a stack', () => {
  test.each([
    ['create, inside', 'CREATE', { template: INSIDE, previousTemplate: null }, ALLOWED],
    ['create, outside', 'CREATE', { template: OUTSIDE, previousTemplate: null }, REFUSED],
    ['create, outside in YAML', 'CREATE', { template: YAML_OUTSIDE }, REFUSED],
    ['update, inside, before outside', 'UPDATE', { template: INSIDE, previousTemplate: OUTSIDE }, ALLOWED],
    ['update, outside, before inside', 'UPDATE', { template: OUTSIDE, previousTemplate: INSIDE }, REFUSED],
    ['update with the previous template, inside', 'UPDATE', { template: '', previousTemplate: INSIDE }, ALLOWED],
    ['update with the previous template, outside', 'UPDATE', { template: null, previousTemplate: OUTSIDE }, REFUSED],
  ])('%s', async (_, action, payload, expected) => {
    s3.holds(payload);
    expect(await answer(stackEvent(action))).toMatchObject(expected);
    expect(s3.asked).toEqual([PAYLOAD_URL]);
  });

  test('deletion passes unchecked, even without a policy', async () => {
    const bare = hookIn({
      policy: () => {
        throw new Error('no policy');
      },
    });
    expect(await bare.answer(stackEvent('DELETE'))).toMatchObject(ALLOWED);
  });

  test('may have its template in the event', async () => {
    const inEvent = (template: string | object) => answer(stackEvent('CREATE', { targetModel: { template } }));
    expect(await inEvent(INSIDE)).toMatchObject(ALLOWED);
    expect(await inEvent(OUTSIDE)).toMatchObject(REFUSED);
    expect(await inEvent(JSON.parse(OUTSIDE))).toMatchObject(REFUSED);
  });

  test('whose code alone comes from elsewhere is allowed, since that is for information', async () => {
    const Code = { S3Bucket: 'layers-us-east-1', S3Key: 'a.zip' };
    const template = json({ Copy: { Type: 'AWS::Lambda::Function', Properties: { Code, Role: 'r' } } });
    expect(await answer(stackEvent('CREATE', { targetModel: { template } }))).toMatchObject(ALLOWED);
  });

  test('of a size that no event holds is read behind its URL', async () => {
    const many = Object.fromEntries(Array.from({ length: 499 }, (_, i) => [`T${i}`, filled('eu-west-1')]));
    const before = json({ ...many, Last: filled('eu-west-1') });
    s3.holds({ template: before, previousTemplate: before });
    expect(await answer(stackEvent('UPDATE'))).toMatchObject({ ...ALLOWED, message: expect.stringContaining('500') });
    s3.holds({ template: json({ ...many, Last: filled('us-east-1') }), previousTemplate: before });
    expect(await answer(stackEvent('UPDATE'))).toMatchObject({ ...REFUSED, message: expect.stringContaining('Last') });
  });
});

/** A table whose template takes 2 KB, so that 500 take the megabyte that CloudFormation allows. */
const filled = (region: string) => ({ ...table(region), Metadata: { Padding: 'x'.repeat(1_800) } });

const TABLE = 'AWS::DynamoDB::GlobalTable';

describe('a change set', () => {
  const payload = (template: string, ...changedResources: object[]) => ({ template, changedResources });
  const deployed = (region: string) => ({ Properties: table(region).Properties });

  test.each([
    ['inside', payload(INSIDE, change('CREATE', 'Table', TABLE, deployed('eu-west-1'))), ALLOWED],
    ['outside', payload(OUTSIDE, change('CREATE', 'Table', TABLE, deployed('us-east-1'))), REFUSED],
    ['that lists no changes, inside', { template: INSIDE }, ALLOWED],
    ['that lists no changes, outside', { template: OUTSIDE }, REFUSED],
    [
      'whose parameter is given a place outside',
      payload(BY_PARAMETER, change('UPDATE', 'Table', TABLE, deployed('us-east-1'))),
      REFUSED,
    ],
    [
      'whose parameter is given a place inside',
      payload(BY_PARAMETER, change('UPDATE', 'Table', TABLE, deployed('eu-north-1'))),
      ALLOWED,
    ],
    [
      'that removes what is outside',
      payload(INSIDE, change('DELETE', 'Old', 'AWS::CloudFront::Distribution', null)),
      ALLOWED,
    ],
    [
      'that creates what is outside by its type',
      payload(INSIDE, change('CREATE', 'New', 'AWS::CloudFront::Distribution', {})),
      REFUSED,
    ],
    ['that changes no property of a resource', payload(INSIDE, change('UPDATE', 'Table', TABLE, null)), ALLOWED],
  ])('%s', async (_, given, expected) => {
    s3.holds(given);
    expect(await answer(changeSetEvent())).toMatchObject(expected);
  });

  test('is checked even if the event omits the action', async () => {
    s3.holds({ template: OUTSIDE });
    expect(await answer({ ...changeSetEvent(), actionInvocationPoint: undefined })).toMatchObject(REFUSED);
  });

  test('says the same thing once', async () => {
    s3.holds(payload(OUTSIDE, change('CREATE', 'Table', TABLE, deployed('us-east-1'))));
    expect((await answer(changeSetEvent())).message).toContain('1 finding ');
  });

  test('isn’t refused for what only the resolved properties no longer show', async () => {
    const replication = (bucket: unknown) => ({
      ReplicationConfiguration: { Rules: [{ Destination: { Bucket: bucket } }] },
    });
    const template = json({
      Source: { Type: 'AWS::S3::Bucket', Properties: replication({ 'Fn::GetAtt': ['Target', 'Arn'] }) },
      Target: { Type: 'AWS::S3::Bucket' },
    });
    const resolved = { Properties: replication('arn:aws:s3:::chat-target-1x2y3z') };
    s3.holds(payload(template, change('UPDATE', 'Source', 'AWS::S3::Bucket', resolved)));
    expect(await answer(changeSetEvent())).toMatchObject(ALLOWED);
  });
});

test('a change set with omitted values is checked by its template', async () => {
  const template = json({
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: ['REGIONAL'] } } },
  });
  const changedResources = [change('UPDATE', 'Api', 'AWS::ApiGateway::RestApi', { Properties: { Name: 'chat' } })];
  s3.holds({ template, changedResources });
  expect(await answer(changeSetEvent())).toMatchObject(ALLOWED);
});

test('a resource of Cloud Control is checked by its name, since its target is only that it is one', async () => {
  const event = resourceEvent('CREATE', TABLE, { resourceProperties: table('us-east-1').Properties });
  const requestData = { ...event.requestData, targetType: 'RESOURCE' };
  expect(await answer({ ...event, stackId: undefined, requestData })).toMatchObject(REFUSED);
});

test.each([
  ['update with previous properties, inside', 'eu-west-1', ALLOWED],
  ['update with previous properties, outside', 'us-east-1', REFUSED],
])('a resource: %s', async (_, region, expected) => {
  const event = resourceEvent('UPDATE', TABLE, {
    resourceProperties: table(region).Properties,
    previousResourceProperties: table('eu-north-1').Properties,
  });
  expect(await answer(event)).toMatchObject(expected);
});

const IN_EVENT = stackEvent('CREATE', { targetModel: { template: INSIDE } });

test("the function's Region is the stack's Region", async () => {
  const london = hookIn({ region: 'eu-west-2' });
  const message = expect.stringContaining('stack-region');
  expect(await london.answer(IN_EVENT)).toMatchObject({ ...REFUSED, message });
});

test('the boundary of the policy decides', async () => {
  const germany = hookIn({ policy: () => ({ ...EU, boundary: ResidencyBoundary.countries('DE') }) });
  const message = expect.stringContaining('eu-west-1');
  expect(await germany.answer(IN_EVENT)).toMatchObject({ ...REFUSED, message });
});

test('a refusal names the rule, resource, path, value and reason', async () => {
  s3.holds({ template: OUTSIDE });
  const { message } = await answer(stackEvent('CREATE'));
  expect(message).toMatch(
    /^refused: 1 finding says that 'chat' would leave the EU, or can't be shown to stay: \(1\) place-outside at Table \(AWS::DynamoDB::GlobalTable\) \/Properties\/Replicas\/1\/Region: 'us-east-1' is in .+ A Region, zone, .+ Name a place inside/,
  );
});

test('nothing of a template, and no signature, is logged', async () => {
  const { answer: logged, log } = hookIn({ fetch: s3.fetch });
  const template = json({ Secret: table('us-east-1') }, { Description: 'Secret' });
  s3.holds({ template, changedResources: [change('CREATE', 'Secret', 'Secret::Secret::Secret', {})] });
  await logged(changeSetEvent());
  s3.holds('Secret');
  await logged(stackEvent('CREATE'));
  await logged(stackEvent('CREATE', { payload: PAYLOAD_URL.replace('eu-central-1', 'us-east-1') }));
  expect(log.map(({ outcome, failure }) => failure ?? outcome)).toEqual(['refused', 'payload-content', 'payload-url']);
  expect(JSON.stringify(log)).not.toMatch(new RegExp(`Secret|us-east-1|${SIGNATURE}`));
});

test("a log line has the request's identifiers and its findings", async () => {
  const { answer: logged, log } = hookIn({ fetch: s3.fetch });
  s3.holds({ template: OUTSIDE });
  await logged(stackEvent('UPDATE'));
  expect(log).toEqual([
    {
      event: 'hook',
      requestId: TOKEN,
      stackId: expect.stringContaining('stack/chat/'),
      changeSetId: undefined,
      target: 'STACK',
      action: 'UPDATE_PRE_PROVISION',
      outcome: 'refused',
      resources: 1,
      findings: 1,
      exceptions: 0,
      rules: ['place-outside'],
      durationMs: expect.any(Number),
    },
  ]);
});
