import fc from 'fast-check';
import { ResidencyBoundary } from '../../../lib/boundary/boundary';
import { decideHost } from '../../../lib/boundary/host';
import { PROFILES } from '../../../lib/facts/generated/profiles';
import { bedrockEndpoints } from '../../../lib/runtime/gateway/endpoint';
import { watchContacts } from './support/contacts';
import { ANSWER, FakeBedrock, scriptedBedrock } from './support/fake-bedrock';
import { chat, gatewayFor, HELLO } from './support/gateway';
import { PROJECT } from './support/policies';

const eu = ResidencyBoundary.eu();
const REGIONS = ['eu-central-1', 'eu-north-1'];
const AWAY = 'https://bedrock-runtime.us-east-1.amazonaws.com';

const model = fc.oneof(
  fc.string(),
  fc.constantFrom('assistant', 'embed', AWAY, `arn:aws:bedrock:us-east-1::foundation-model/openai.gpt-oss-120b-1:0`),
  fc.constantFrom(...PROFILES.map(({ id }) => id)),
);
const header = fc.tuple(
  fc.constantFrom(
    'host',
    'x-forwarded-host',
    'forwarded',
    'x-amz-region',
    'location',
    'x-residency-region',
    'authorization',
  ),
  fc.constantFrom('us-east-1', AWAY, 'example.com', 'host=example.com'),
);
const headers = fc.array(header).map((list) => Object.fromEntries(list));
const extra = fc.dictionary(
  fc.constantFrom('region', 'endpoint', 'base_url', 'destination', 'user'),
  fc.constantFrom(AWAY, 'us-east-1'),
);
const failure = fc.oneof(
  fc.constantFrom(200, 307, 400, 403, 408, 424, 429, 500, 503),
  fc.constantFrom('ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EPROTO'),
);

test('whatever is asked, only the endpoints of the policy are connected to', async () => {
  const fake = await new FakeBedrock().start();
  fake.frankfurt.onMessage(/./, { content: 'ok' });
  const { gateway } = gatewayFor(PROJECT, fake.client());
  const { contacts, stop } = watchContacts();
  try {
    await fc.assert(
      fc.asyncProperty(model, headers, extra, async (name, head, more) => {
        await (await gateway.fetch(chat({ ...HELLO, ...more, model: name }, head))).text();
      }),
      { numRuns: 200 },
    );
    await (await gateway.fetch(chat(HELLO))).text();
    const allowed = [fake.frankfurt, fake.stockholm].map(({ url }) => new URL(url).host);
    expect(contacts.length).toBeGreaterThan(0);
    expect(contacts.filter((contact) => !allowed.includes(contact))).toEqual([]);
  } finally {
    stop();
    await fake.stop();
  }
});

test('whatever fails, in whatever order, every host called is inside', async () => {
  await fc.assert(
    fc.asyncProperty(
      model,
      headers,
      fc.array(failure, { minLength: 2, maxLength: 2 }),
      async (name, head, failures) => {
        const { bedrock, calls } = scriptedBedrock(bedrockEndpoints(eu, REGIONS, {}), (_, attempt) => {
          const result = failures[attempt] ?? 200;
          if (typeof result === 'string') return Object.assign(new Error('failed'), { code: result });
          return result === 200 ? ANSWER : { status: result, body: `{"location":"${AWAY}"}` };
        });
        await gatewayFor(PROJECT, bedrock).gateway.fetch(chat({ ...HELLO, model: name }, head));
        expect(calls.length).toBeLessThanOrEqual(name === 'assistant' ? 4 : 0);
        for (const { host } of calls) expect(decideHost(eu, host)).toMatchObject({ inside: true });
      },
    ),
    {
      numRuns: 300,
      examples: [
        ['assistant', {}, [429, 307]],
        ['assistant', {}, ['ECONNREFUSED', 503]],
      ],
    },
  );
});
