import { Bedrock } from '@/lib/runtime/gateway/bedrock/bedrock';
import { keyedGateway } from '../gateway/support/keyed-gateway';
import { type ClientAnswer, disclosures } from './answers';
import { policyOf } from './deployment';
import { mark, marksIn } from './marks';
import { type CanaryRequest, LIMITED, NOT_SENT, requestsTo } from './requests';
import { CanaryUpstream, type State } from './upstream';

// The short form of `serve.long.test.ts` and `lambda.long.test.ts`: one process, Bedrock, and stores in memory.
const upstream = new CanaryUpstream();
beforeAll(() => upstream.start());
afterAll(() => upstream.stop());

const IN_BEDROCK = /^bedrock-/;

/** A gateway for the projects, and everything that it stores, records and prints. */
async function started() {
  const policy = policyOf(`${upstream.url}/v1`);
  const models = policy.models.filter(({ id }) => IN_BEDROCK.test(id));
  const projects = policy.projects?.map((project) => ({ ...project, models: models.map(({ id }) => id) }));
  const bedrock = new Bedrock({
    endpoints: new Map([['eu-central-1', upstream.url]]),
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
  });
  const keyed = keyedGateway({ upstream: bedrock, policy: { ...policy, models, projects } });
  const keys = new Map<string, string>();
  for (const { id } of projects ?? []) keys.set(id, (await keyed.make(id)).key);
  const printed: unknown[] = [];
  const spies = [
    ...[process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation((text) => printed.push(text) > 0),
    ),
    ...(['log', 'info', 'warn', 'error'] as const).map((level) =>
      jest.spyOn(console, level).mockImplementation((...texts) => void printed.push(texts)),
    ),
  ];
  const ask = async ({ method, path, headers, body, project }: CanaryRequest): Promise<ClientAnswer> => {
    const own = { authorization: `Bearer ${keys.get(project)}`, ...headers };
    const request = new Request(`https://gateway.test/v1/${path}`, { method, headers: own, body });
    const answer = await keyed.gateway.fetch(request);
    const received = await answer.text().catch(() => '');
    return { status: answer.status, headers: [...answer.headers], body: received };
  };
  const left = () => {
    for (const spy of spies) spy.mockRestore();
    const { records, operations, counters, store } = keyed;
    return JSON.stringify({ records, operations, counters, store, printed }, (_key, value) =>
      value instanceof Map ? [...value] : value,
    );
  };
  return { ask, left, records: keyed.records };
}

test.each<[State, readonly CanaryRequest[]]>([
  ['answers', requestsTo('bedrock')],
  ['refuses', requestsTo('bedrock')],
  ['fails midway', requestsTo('bedrock')],
  ['answers', NOT_SENT],
  ['answers', LIMITED],
])('while Bedrock %s, a project’s requests leave no content in records, stores or output', async (state, requests) => {
  upstream.state = state;
  upstream.received = '';
  const { ask, left, records } = await started();
  const found: string[] = [];
  for (const request of requests) found.push(...disclosures(request, await ask(request)));
  const stored = left();
  expect(found).toEqual([]);
  expect(marksIn(stored)).toEqual([]);
  expect(records).toHaveLength(requests.length);
  expect(stored).toContain('"hash":');
  expect(upstream.received.includes(mark('prompt'))).toBe(requests !== NOT_SENT);
});
