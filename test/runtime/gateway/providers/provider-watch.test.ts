import type { AnyDestination } from '@/lib/boundary/server';
import type { LeftState } from '@/lib/contract/provider-state';
import type { ProviderStates } from '@/lib/runtime/gateway/providers/provider-states';
import { type Probe, type ProviderEvent, ProviderWatch } from '@/lib/runtime/gateway/providers/provider-watch';

const server = (provider: 'openai' | 'external' | 'vpc', modelId: string, providerName?: string): AnyDestination => ({
  provider,
  ...(providerName && { providerName }),
  id: `${providerName ?? provider}/${modelId}`,
  modelId,
  kind: 'text',
  sourceRegion: 'host',
  regions: ['DE'],
  baseUrl: 'https://host.example/v1',
  schemasMayLeave: false,
});
const A = server('external', 'a', 'azure-eu');
const B = server('external', 'b', 'azure-eu');
const OWN = server('vpc', 'm');
const bedrock = (id: string, sourceRegion: string): AnyDestination =>
  ({ provider: 'bedrock', id, modelId: id, sourceRegion, regions: [sourceRegion] }) as unknown as AnyDestination;
const FRANKFURT = bedrock('amazon.nova-lite-v1:0', 'eu-central-1');
const ALSO_FRANKFURT = bedrock('amazon.nova-pro-v1:0', 'eu-central-1');
const STOCKHOLM = bedrock('amazon.nova-lite-v1:0', 'eu-north-1');

const status = (httpStatusCode: number) => Object.assign(new Error('CANARY'), { $metadata: { httpStatusCode } });

/** A watch with a clock, and a provider that answers probes as a test sets it. */
function watched(destinations: readonly AnyDestination[], answer: (destination: AnyDestination) => Error | undefined) {
  let time = Date.UTC(2026, 11, 1);
  const written: LeftState[] = [];
  const events: ProviderEvent[] = [];
  const probed: string[] = [];
  const states: ProviderStates = {
    read: async () => ({ left: new Map(written.map((state) => [state.name, state])), generations: new Map() }),
    leave: async (state) => void written.push(state),
  };
  const now = () => new Date(time);
  const watch = new ProviderWatch({ states, destinations, now, log: (event) => events.push(event) });
  const probe: Probe = async (destination) => {
    probed.push(destination.id);
    const failure = answer(destination);
    if (failure) throw failure;
  };
  /** A caller's request, which fails; then the probes that it causes. */
  const refuse = async (destination: AnyDestination, error: Error, seconds = 0) => {
    time += seconds * 1_000;
    watch.failed(destination, error);
    watch.check(probe, destinations);
    await watch.settled();
  };
  return { watch, written, events, probed, refuse };
}

test('a provider that refuses every caller leaves after two requests that are ten seconds apart', async () => {
  const { watch, written, events, probed, refuse } = watched([A, B], () => status(401));
  await refuse(A, status(401));
  expect([watch.leftOf(A), probed]).toEqual([undefined, [A.id, B.id]]);
  await refuse(A, status(401), 10);
  const left = {
    name: 'azure-eu',
    at: '2026-12-01T00:00:10.000Z',
    kind: 'key',
    refusals: 5,
    models: ['a', 'b'],
  };
  expect(written).toEqual([{ ...left, generation: 0 }]);
  expect(events).toEqual([{ event: 'provider-left', ...left }]);
  expect([watch.leftOf(A), watch.leftOf(B)]).toMatchObject([left, left]);
  expect(JSON.stringify([written, events])).not.toContain('CANARY');
});

test('under load, a provider is probed once in ten seconds', async () => {
  const { probed, refuse } = watched([A, B], () => status(401));
  for (let request = 0; request < 100; request++) await refuse(A, status(401), 0.05);
  expect(probed).toHaveLength(2);
});

test("a 403 that a caller's content causes takes nothing out of use", async () => {
  const { written, refuse } = watched([A, B], () => undefined);
  for (let request = 0; request < 100; request++) await refuse(request % 2 ? A : B, status(403), 11);
  expect(written).toEqual([]);
});

test('an account that is not paid counts as one without access', async () => {
  const { written, refuse } = watched([A, B], () => status(402));
  for (let request = 0; request < 2; request++) await refuse(A, status(402), 10);
  expect(written).toMatchObject([{ name: 'azure-eu', kind: 'access', models: ['a', 'b'] }]);
});

test('a 403 moves on only while a probe of the same model is refused with one', async () => {
  let failure: Error | undefined;
  const { watch, refuse } = watched([A, B], (destination) => (destination === A ? failure : undefined));
  expect(watch.deniesProbes(A)).toBe(false);
  await refuse(A, status(403));
  expect(watch.deniesProbes(A)).toBe(false);
  failure = status(403);
  await refuse(A, status(403), 11);
  expect([watch.deniesProbes(A), watch.deniesProbes(B), watch.deniesProbes(OWN)]).toEqual([true, false, false]);
  failure = undefined;
  await refuse(A, status(403), 11);
  expect(watch.deniesProbes(A)).toBe(false);
});

test('the 403 of a single model takes only this model out of use', async () => {
  const { watch, written, refuse } = watched([A, B], (destination) => (destination === A ? status(403) : undefined));
  for (let request = 0; request < 10; request++) if (!watch.leftOf(A)) await refuse(A, status(403), 11);
  expect(written).toMatchObject([{ name: 'azure-eu/a', kind: 'access', models: ['a'] }]);
  expect(watch.leftOf(B)).toBeUndefined();
});

test('an account that one Region refuses keeps its models in another', async () => {
  const refusing = Object.assign(status(403), { name: 'UnrecognizedClientException' });
  const { watch, written, refuse } = watched([FRANKFURT, ALSO_FRANKFURT, STOCKHOLM], ({ sourceRegion }) =>
    sourceRegion === 'eu-central-1' ? refusing : undefined,
  );
  for (let request = 0; request < 20; request++) {
    for (const destination of [FRANKFURT, ALSO_FRANKFURT]) {
      if (!watch.leftOf(destination)) await refuse(destination, refusing, 11);
    }
  }
  expect(written.map(({ name }) => name)).toEqual([
    'bedrock/amazon.nova-lite-v1:0@eu-central-1',
    'bedrock/amazon.nova-pro-v1:0@eu-central-1',
  ]);
  expect(watch.leftOf(STOCKHOLM)).toBeUndefined();
});

test('certificates that are not trusted take a provider out of use if they persist', async () => {
  const expired = Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' });
  const { written, refuse } = watched([A], () => expired);
  for (let request = 0; request < 3; request++) await refuse(A, expired, 10);
  expect(written).toMatchObject([{ name: 'azure-eu', kind: 'certificate' }]);
});

test.each<[string, Error]>([
  ['a 400', status(400)],
  ['no such model', status(404)],
  ['a model that is gone', status(410)],
  ['an alert of TLS', Object.assign(new Error('x'), { code: 'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR' })],
  ['a token that has expired', Object.assign(status(403), { name: 'ExpiredTokenException' })],
  ['throttling', status(429)],
  ['a failure', status(500)],
  ['a host that is not reached', Object.assign(new Error('x'), { code: 'ECONNREFUSED' })],
  ['a role without credentials', Object.assign(new Error('x'), { name: 'CredentialsProviderError' })],
])('%s shows nothing about the key', async (_, error) => {
  const { written, probed, refuse } = watched([A, B], () => status(401));
  for (let request = 0; request < 10; request++) await refuse(A, error, 11);
  expect([written, probed]).toEqual([[], []]);
});

test.each<[string, Error, number]>([
  ['is throttled shows nothing', status(429), 0],
  ['is refused as a request shows that the key is accepted', status(400), 0],
])('a probe that %s', async (_, error, count) => {
  const { written, refuse } = watched([A, B], () => error);
  for (let request = 0; request < 10; request++) await refuse(A, status(401), 11);
  expect(written).toHaveLength(count);
});

test("a server in the owner's network never leaves", async () => {
  const { watch, probed, refuse } = watched([OWN], () => status(401));
  for (let request = 0; request < 10; request++) await refuse(OWN, status(401), 11);
  expect([watch.leftOf(OWN), probed]).toEqual([undefined, []]);
});

test('a process that stops between the refusals and the write leaves the decision to the others', async () => {
  const crashed = watched([A, B], () => status(401));
  await crashed.refuse(A, status(401));
  const other = watched([A, B], () => status(401));
  for (let request = 0; request < 2; request++) await other.refuse(B, status(401), 10);
  expect([crashed.written, other.written.map(({ name }) => name)]).toEqual([[], ['azure-eu']]);
});
