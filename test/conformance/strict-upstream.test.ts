import OpenAI from 'openai';
import { OpenAiServers } from '@/lib/runtime/gateway/openai/openai-servers';
import { type Call, nodeTransport } from '@/lib/runtime/gateway/openai/transport';
import { serverPolicy } from '../runtime/gateway/support/fake-server';
import { gatewayFor, NO_BEDROCK } from '../runtime/gateway/support/gateway';
import { type Server, serve } from '../runtime/gateway/support/serve';
import { OpenAiDocument } from './document';
import { SCENARIOS } from './scenarios';
import { type StrictServer, strictServer } from './strict-server';

jest.setTimeout(60_000);

/** A call to the strict server, and its complaint. */
interface CheckedCall {
  readonly path: string;
  readonly body: string;
  readonly status: number;
  readonly complaint: string;
}

const BODIES = { '/chat/completions': 'CreateChatCompletionRequest', '/embeddings': 'CreateEmbeddingRequest' } as const;
const openAi = new OpenAiDocument();
const calls: CheckedCall[] = [];
let strict: StrictServer | undefined;
beforeAll(async () => {
  strict = await strictServer();
});
afterAll(() => strict?.stop());

function strictUrl(): string {
  if (strict === undefined) throw new Error('the strict server is started before the tests');
  return strict.url;
}

/** Sends every call to the strict server, which has the document's paths without `/v1`. */
async function transport(call: Call) {
  const path = call.url.pathname.replace(/^\/v1/, '');
  const { status, body } = await nodeTransport()({ ...call, url: new URL(path, strictUrl()) });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const answer = Buffer.concat(chunks);
  calls.push({ path, body: call.body, status, complaint: status === 200 ? '' : `${answer}` });
  return {
    status,
    body: (async function* () {
      yield answer;
    })(),
  };
}

describe.each(['openai', 'vpc'] as const)("a destination '%s' accepts the gateway's request for", (kind) => {
  let server: Server;
  let client: OpenAI;
  // Each scenario has its own gateway: the random answers open a circuit, which would block later calls.
  beforeEach(async () => {
    calls.length = 0;
    const servers = new OpenAiServers({ transport, openAiKey: 'sk-test' });
    server = await serve(gatewayFor(serverPolicy(kind, 'http://127.0.0.1:8000/v1'), NO_BEDROCK, { servers }).gateway);
    client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 });
  });
  afterEach(() => server.close());

  test.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s', async (_, { path, body }) => {
    // The strict server's answers are random, so the gateway's result is irrelevant.
    await client
      .post(path, { body })
      .asResponse()
      .catch(() => {});
    const [first] = calls;
    expect(calls.map(({ complaint }) => complaint)).toEqual(calls.map(() => ''));
    expect(first?.status).toBe(200);
    const schema = BODIES[first?.path as keyof typeof BODIES];
    expect(openAi.requestErrors(schema, JSON.parse(first?.body ?? ''))).toEqual([]);
  });
});

test('the strict server refuses a request that the document does not allow', async () => {
  const body = JSON.stringify({ model: 'm', messages: [{ role: 'robot', content: 'x' }] });
  const headers = { 'content-type': 'application/json', authorization: 'Bearer x' };
  const { status } = await fetch(`${strictUrl()}/chat/completions`, { method: 'POST', headers, body });
  expect(status).toBe(400);
  expect(openAi.requestErrors('CreateChatCompletionRequest', { model: 'm', messages: [], nonsense: 1 })).not.toEqual(
    [],
  );
});
