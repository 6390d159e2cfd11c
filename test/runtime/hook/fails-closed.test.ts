import { NO_DECLARATIONS } from '@/lib/guard/declarations/declarations';
import { parseHookPolicy } from '@/lib/runtime/hook/policy';
import { change, changeSetEvent, PAYLOAD_URL, resourceEvent, SIGNATURE, stackEvent } from './support/events';
import { hookIn } from './support/hook';
import { Payloads } from './support/payloads';
import { INSIDE } from './support/templates';

const s3 = new Payloads();
beforeAll(() => s3.start());
afterAll(() => s3.stop());

/** Asserts that an event is refused because the guard can't check it, and says why. */
async function expectFailure(hook: ReturnType<typeof hookIn>, event: unknown, failure: string, message: string) {
  const response = await hook.answer(event);
  expect(response).toMatchObject({ hookStatus: 'FAILED', errorCode: 'InternalFailure' });
  expect(response.message).toContain('the residency guard itself failed, so the operation is refused: ');
  expect(response.message).toContain(message);
  expect(response.message).not.toContain(SIGNATURE);
  expect(hook.log).toEqual([expect.objectContaining({ outcome: 'failed', failure })]);
}

/** A resource whose name says another type than the target does. */
const twoTypes = (targetName: string | undefined) => {
  const event = resourceEvent('CREATE', 'AWS::CloudFront::Distribution', { resourceProperties: {} });
  return { ...event, requestData: { ...event.requestData, targetName } };
};
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
/** Deep enough that JSON.stringify overflows the stack. */
const deep = nested(20_000);
const inEvent = (targetModel: object) => stackEvent('CREATE', { targetModel });

test.each<[string, unknown, string, string]>([
  ['nothing', undefined, 'event', "an object with 'requestData'"],
  ['a text', 'CREATE', 'event', "an object with 'requestData'"],
  ['no request data', { ...stackEvent('CREATE'), requestData: null }, 'event', "an object with 'requestData'"],
  ['neither URL nor template', stackEvent('CREATE', {}), 'event', 'the event has no template'],
  ['a URL that is no text', stackEvent('CREATE', { payload: 7 }), 'event', 'the event has no template'],
  ['an unknown target', stackEvent('CREATE', { targetType: 'HOOK' }), 'target', "got 'HOOK'"],
  ['no target', stackEvent('CREATE', { targetType: undefined }), 'target', 'got something else'],
  ['a model but no target', stackEvent('CREATE', { targetType: null, targetModel: {} }), 'target', 'something else'],
  ['an unknown action', stackEvent('IMPORT'), 'action', "got 'IMPORT_PRE_PROVISION'"],
  ['no action', { ...stackEvent('CREATE'), actionInvocationPoint: undefined }, 'action', 'got something else'],
  ['an empty template', inEvent({ template: ' ' }), 'template', "no 'template'"],
  ['only the previous template on creation', inEvent({ previousTemplate: INSIDE }), 'template', "no 'template'"],
  ['a template that is a list', inEvent({ template: '[]' }), 'template', 'a mapping'],
  ['a template that is no YAML', inEvent({ template: 'a: [' }), 'template', 'YAML'],
  ['a resource of two types', twoTypes('AWS::SQS::Queue'), 'event', 'two types'],
  ['a resource of no type', twoTypes(undefined), 'event', 'two types'],
  ['a deep template', inEvent({ template: deep }), 'template', 'nested more than 200 levels deep'],
  ['a deep template with a mistake', inEvent({ template: `${deep},` }), 'template', 'nested more than 200 levels deep'],
  ['a deep model', inEvent({ template: JSON.parse(deep) }), 'event', 'nested more than 200 levels deep'],
  [
    'deep properties',
    resourceEvent('CREATE', 'AWS::SQS::Queue', { resourceProperties: { QueueName: JSON.parse(deep) } }),
    'event',
    'nested more than 200 levels deep',
  ],
  ['a resource without properties', resourceEvent('CREATE', 'AWS::SQS::Queue', {}), 'event', "no 'resourceProperties'"],
])('an event with %s', async (_, event, failure, message) => {
  await expectFailure(hookIn({}), event, failure, message);
});

test('properties of a change that are nested too deeply are refused', async () => {
  const row = { ...change('CREATE', 'Table', 'AWS::SQS::Queue', {}), afterContext: nested(300) };
  const event = changeSetEvent({ targetModel: { template: INSIDE, changedResources: [row] } });
  await expectFailure(hookIn({}), event, 'payload-content', 'nested more than 200 levels deep');
});

test.each([
  ['plain http', PAYLOAD_URL.replace('https:', 'http:'), "has scheme 'http:'"],
  ['a file', 'file:///etc/passwd', "has scheme 'file:'"],
  ['no URL', 'payload.json', "isn't a URL"],
  ['a foreign host', 'https://example.com/payload', "names 'example.com'"],
  ['a foreign host that begins like S3', 'https://s3.eu-central-1.amazonaws.com.evil.example/p', "names 's3."],
  ['S3 of a Region outside', PAYLOAD_URL.replace('eu-central-1', 'us-east-1'), "isn't inside the EU"],
  ['S3 of another Region inside', PAYLOAD_URL.replace('eu-central-1', 'eu-west-1'), "names 's3.eu-west-1"],
  ['S3 of another partition', 'https://s3.eusc-de-east-1.amazonaws.eu/p', "names 's3.eusc"],
  ['S3 without a Region', 'https://payloads.s3.amazonaws.com/p', "names 'payloads.s3.amazonaws.com'"],
  ['a website of S3', 'https://b.s3-website.eu-central-1.amazonaws.com/p', "names 'b.s3-website"],
  ['another service', 'https://s3x.execute-api.eu-central-1.amazonaws.com/p', "names 's3x.execute"],
  ['a service that ends like S3', 'https://xs3.eu-central-1.amazonaws.com/p', "names 'xs3.eu-central-1"],
  ['a port', 'https://s3.eu-central-1.amazonaws.com:8443/p', 'has a port'],
  ['user information', 'https://s3.eu-central-1.amazonaws.com@evil.example/p', 'user information'],
  ['a backslash', 'https://evil.example\\@s3.eu-central-1.amazonaws.com/p', "names 'evil.example'"],
  ['an address', 'https://169.254.169.254/latest/meta-data', "names '169.254.169.254'"],
])('a payload at %s is not fetched', async (_, payload, message) => {
  await expectFailure(hookIn({}), stackEvent('CREATE', { payload }), 'payload-url', message);
});

test.each([
  'https://s3.eu-central-1.amazonaws.com/bucket/key?X-Amz-Signature=1',
  'https://payloads.s3.eu-central-1.amazonaws.com/key',
  'https://with.dots.s3-eu-central-1.amazonaws.com/key',
  'https://payloads.s3.dualstack.eu-central-1.amazonaws.com/key',
])('a payload at %s is fetched', async (payload) => {
  s3.holds({ template: INSIDE });
  const response = await hookIn({ fetch: s3.fetch }).answer(stackEvent('CREATE', { payload }));
  expect(response.hookStatus).toBe('SUCCESS');
  expect(s3.asked).toEqual([payload]);
});

test('the sovereign partition’s S3 is its own', async () => {
  s3.holds({ template: '{"Resources":{}}' });
  const payload = 'https://payloads.s3.eusc-de-east-1.amazonaws.eu/key';
  const hook = hookIn({ region: 'eusc-de-east-1', fetch: s3.fetch });
  expect(await hook.answer(stackEvent('CREATE', { payload }))).toMatchObject({ hookStatus: 'SUCCESS' });
});

describe('a payload', () => {
  const limited = () => hookIn({ fetch: s3.fetch, timeoutMs: 300, maxBytes: 10_000 });

  test('behind a redirect', async () => {
    s3.answers((_, response) => response.writeHead(307, { location: s3.url }).end());
    await expectFailure(limited(), stackEvent('CREATE'), 'payload-redirect', 'status 307');
    expect(s3.asked).toHaveLength(1);
  });

  test.each([403, 404, 503])('that S3 answers with %d', async (status) => {
    s3.answers((_, response) => response.writeHead(status).end(INSIDE));
    await expectFailure(limited(), stackEvent('CREATE'), 'payload-status', `status ${status}`);
  });

  test('that never comes', async () => {
    s3.answers(() => undefined);
    await expectFailure(limited(), stackEvent('CREATE'), 'payload-timeout', 'in 300 ms');
  });

  test('that stops half-way', async () => {
    s3.answers((_, response) => response.write('{"template":'));
    await expectFailure(limited(), stackEvent('CREATE'), 'payload-timeout', 'in 300 ms');
  });

  test('whose connection breaks', async () => {
    s3.answers((request) => request.socket.destroy());
    await expectFailure(limited(), stackEvent('CREATE'), 'payload-unreachable', "can't be reached");
  });

  test('that is too large, although it doesn’t say so', async () => {
    s3.answers((_, response) => {
      for (let i = 0; i < 5; i++) response.write(' '.repeat(4_000));
      response.end(JSON.stringify({ template: INSIDE }));
    });
    await expectFailure(limited(), stackEvent('CREATE'), 'payload-size', 'larger than 10000 bytes');
  });

  test.each([
    ['no JSON', '{"template": secret', 'payload-content', 'not JSON'],
    ['too deep', nested(300), 'payload-content', 'nested more than 200 levels deep'],
    ['no object', '[]', 'event', 'no template'],
    ['null', 'null', 'event', 'no template'],
  ])('that is %s', async (_, body, failure, message) => {
    s3.holds(body);
    await expectFailure(limited(), stackEvent('CREATE'), failure, message);
  });

  test('that is not UTF-8', async () => {
    s3.answers((_, response) => response.end(Buffer.from([0x7b, 0xff, 0x7d])));
    await expectFailure(limited(), stackEvent('CREATE'), 'payload-content', 'not UTF-8');
  });

  test.each([
    ['no list', {}],
    ['an entry that is a text', ['Table']],
    ['an entry without a type', [{ action: 'CREATE', logicalResourceId: 'Table' }]],
    ['properties that are no JSON', [{ ...change('CREATE', 'Table', 'AWS::SQS::Queue', {}), afterContext: '{' }]],
    ['properties that are a list', [change('CREATE', 'Table', 'AWS::SQS::Queue', [])]],
  ])('whose changes are %s', async (_, changedResources) => {
    s3.holds({ template: INSIDE, changedResources });
    await expectFailure(limited(), changeSetEvent(), 'payload-content', "'changedResources'");
  });
});

const EVENT = inEvent({ template: INSIDE });

test('a guard that throws, whose message may quote the template', async () => {
  const checkOperation = () => {
    throw new RangeError('quotes secret-value of the template');
  };
  await expectFailure(hookIn({ checkOperation }), EVENT, 'guard', 'an unexpected error in the guard');
  expect((await hookIn({ checkOperation }).answer(EVENT)).message).not.toContain('secret-value');
});

test('a missing Region', async () => {
  await expectFailure(hookIn({ region: '' }), EVENT, 'region', "'AWS_REGION' is not set");
});

const policy = (over: object) => JSON.stringify({ boundary: 'eu', declarations: NO_DECLARATIONS, ...over });

test.each([
  ['no JSON', '{', 'is not JSON'],
  ['no boundary', '{}', "names no 'boundary'"],
  ['an unknown boundary', policy({ boundary: 'us' }), 'names no boundary'],
  ['a key that this version doesn’t know', policy({ allow: ['*'] }), 'contains unknown keys: allow'],
  ['no declarations', policy({ declarations: undefined }), "no 'declarations'"],
  ['declarations that are a list', policy({ declarations: [] }), "no 'declarations'"],
  ['half of the declarations', policy({ declarations: { exceptions: [], places: [] } }), "no 'declarations'"],
  ['more than the declarations', policy({ declarations: { ...NO_DECLARATIONS, all: [] } }), "no 'declarations'"],
  ['an exception that is a text', policy({ declarations: { ...NO_DECLARATIONS, exceptions: ['*'] } }), "no 'decl"],
])('a policy with %s', async (_, text, message) => {
  await expectFailure(hookIn({ policy: () => parseHookPolicy(text) }), EVENT, 'policy', message);
});
