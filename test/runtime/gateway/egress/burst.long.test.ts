import type { ServerResponse } from 'node:http';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { deployedServers } from '@/lib/runtime/gateway/deployed-servers';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import { EGRESS, GATEWAY } from '@/test/netns/egress-policies';
import { Authority } from '@/test/runtime/egress/support/authority';
import { FakeProvider } from '@/test/runtime/egress/support/fake-provider';
import { chat, gatewayFor } from '../support/gateway';
import { CLAUDE } from '../support/policies';
import { allOf } from '../support/read-sse';
import { type Reply, ScriptedBedrock, speech } from '../support/scripted-bedrock';
import { apiForms } from './support/api-forms';
import { DeployedEgress } from './support/deployed-egress';

const KEY = 'sk-canary-0123456789';
const FORMS = apiForms(KEY);
const OUTSIDE = ['openai', 'azure-eu', 'mistral'] as const;
type Name = (typeof OUTSIDE)[number] | 'bedrock';

/** The destination of each provider, and how answers name it. */
const DESTINATIONS: Readonly<Record<Name, [GatewayPolicy['models'][number]['destinations'][number], string]>> = {
  openai: [{ openai: 'gpt-5.2' }, 'openai/gpt-5.2'],
  'azure-eu': [{ provider: 'azure-eu', model: 'm', kind: 'text' }, 'azure-eu/m'],
  mistral: [{ provider: 'mistral', model: 'm', kind: 'text' }, 'mistral/m'],
  bedrock: [{ region: 'eu-central-1', id: CLAUDE }, CLAUDE],
};

/** How a provider fails before the content of an answer. */
const FAILURES = ['is throttled', 'fails', 'refuses the key', 'closes connections', 'breaks off its answers'] as const;
type Failure = (typeof FAILURES)[number];
const STATUS: Partial<Record<Failure, number>> = { 'is throttled': 429, fails: 500, 'refuses the key': 401 };

const authority = new Authority();
const providers = new FakeProvider(authority);
const bedrock = new ScriptedBedrock();
let egress: DeployedEgress;
beforeAll(async () => {
  await providers.listen(authority.issue(OUTSIDE.map((name) => FORMS[name].host)));
  await bedrock.start();
  egress = await DeployedEgress.start({
    policy: EGRESS,
    providerPort: providers.port,
    authority: authority.cert,
    key: KEY,
  });
}, 60_000);
beforeEach(() => providers.forget());
afterAll(async () => {
  await egress.stop();
  await bedrock.stop();
  await providers.close();
  authority.close();
});

const SIZE = 60;
const AT_ONCE = 10;

/** A burst of questions, what each provider answered whole, and when a provider fails. */
class Burst {
  public readonly answered: { readonly number: number; readonly by: Name }[] = [];
  /** Requests that a provider's API would refuse. */
  public readonly complaints: string[] = [];

  /** @param failing the providers that fail in the middle, each for a part of the burst */
  constructor(
    private readonly failing: Partial<Record<Name, readonly [from: number, to: number]>>,
    private readonly failure: Failure,
  ) {}

  /** Whether a provider fails now. Time is counted in answers, so that no clock decides. */
  private fails(name: Name): boolean {
    const [from, to] = this.failing[name] ?? [SIZE, SIZE];
    return this.answered.length >= from && this.answered.length < to;
  }

  public readonly outside: FakeProvider['answer'] = (received, response) => {
    const name = OUTSIDE.find((one) => FORMS[one].host === received.headers.host);
    if (name === undefined) return void response.writeHead(421).end();
    const { complaint, whole, stream } = FORMS[name];
    const body = JSON.parse(received.body);
    const found = complaint(received, body);
    if (found !== undefined) {
      this.complaints.push(`${name}: ${found}`);
      return void response.writeHead(422).end('{}');
    }
    const number = numberIn(received.body);
    const fails = this.fails(name);
    if (fails && this.failure !== 'breaks off its answers') return this.fail(response);
    response.setHeader('x-request-id', `req_${number}`);
    const events = stream(`answer ${number}`);
    if (fails) {
      const part = body.stream ? eventsOf(events.before) : JSON.stringify(whole(`answer ${number}`)).slice(0, -9);
      return void response.write(part, () => response.destroy());
    }
    this.answered.push({ number, by: name });
    if (!body.stream) return void response.end(JSON.stringify(whole(`answer ${number}`)));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(eventsOf(events.before));
    response.end(`${eventsOf(events.rest)}data: [DONE]\n\n`);
  };

  public readonly ofBedrock = ({ operation, body }: { operation: string; body: unknown }): Reply => {
    const number = numberIn(JSON.stringify(body));
    if (this.fails('bedrock')) {
      if (this.failure === 'is throttled') return { status: 429, error: 'ThrottlingException' };
      if (this.failure === 'fails') return { status: 500, error: 'InternalServerException' };
      if (this.failure === 'refuses the key') return { status: 403, error: 'UnrecognizedClientException' };
      return { steps: ['cut'] };
    }
    this.answered.push({ number, by: 'bedrock' });
    if (operation === 'converse-stream') return { steps: speech(`answer ${number}`) };
    return {
      json: {
        output: { message: { role: 'assistant', content: [{ text: `answer ${number}` }] } },
        stopReason: 'end_turn',
        usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
        metrics: { latencyMs: 1 },
      },
    };
  };

  private fail(response: ServerResponse): void {
    const status = STATUS[this.failure];
    if (status === undefined) return void response.destroy();
    response.writeHead(status).end(`{"error":{"message":"${KEY}"}}`);
  }
}

const numberIn = (text: string): number => Number(/question (\d+)/.exec(text)?.[1]);
const eventsOf = (pieces: readonly object[]): string =>
  pieces.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('');

/** A gateway as it is deployed, for a model with these destinations. Its circuits close again within the burst. */
function gatewayOf(chain: readonly Name[]) {
  const policy: GatewayPolicy = {
    ...GATEWAY,
    models: [{ id: 'assistant', destinations: chain.map((name) => DESTINATIONS[name][0]) }],
    projects: [{ id: 'all', models: ['assistant'], limits: {} }],
  };
  const client = bedrock.client();
  const environment = {
    EGRESS_FUNCTION: 'arn:aws:lambda:eu-central-1:111122223333:function:egress',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIDTEST',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_LAMBDA: egress.url,
  };
  const servers = deployedServers(admitPolicy(policy), client, environment);
  return gatewayFor(policy, client, { servers, resilience: { openMs: 1 } });
}

/** The text of an answer, or its status; a stream that ends in the middle has no text. */
async function textIn(response: Response, streams: boolean): Promise<string> {
  if (response.status !== 200) return `${response.status} ${await response.text()}`;
  if (!streams)
    return ((await response.json()) as { choices: [{ message: { content: string } }] }).choices[0].message.content;
  const events = await allOf(response);
  if (events.at(-1)?.data !== '[DONE]') return `broken off: ${JSON.stringify(events)}`;
  return events.map(({ data }) => data?.choices?.[0]?.delta?.content ?? '').join('');
}

/** Asks all questions, some at once. */
async function ask(fetch: FetchHandler['fetch'], streams: boolean) {
  const answers: { text: string; by: string | null }[] = [];
  for (let at = 0; at < SIZE; at += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, index) => at + index);
    const wave = numbers.map(async (number) => {
      const messages = [{ role: 'user', content: `question ${number}` }];
      const response = await fetch(chat({ model: 'assistant', messages, stream: streams, max_tokens: 9 }));
      return { text: await textIn(response, streams), by: response.headers.get('x-residency-destination') };
    });
    answers.push(...(await Promise.all(wave)));
  }
  return answers;
}

const MIDDLE = [SIZE / 3 + 1, (2 * SIZE) / 3 + 3] as const;
/** The first fails for the longest time, so that each of the others answers alone for a while. */
const ONE_BY_ONE = {
  openai: [11, 45],
  'azure-eu': [23, 45],
} as const;

describe.each<[Name[], Partial<Record<Name, readonly [number, number]>>]>([
  ...OUTSIDE.flatMap((name): [Name[], Partial<Record<Name, readonly [number, number]>>][] => [
    [[name, 'bedrock'], { [name]: MIDDLE }],
    [['bedrock', name], { bedrock: MIDDLE }],
  ]),
  [['openai', 'azure-eu', 'mistral'], ONE_BY_ONE],
  [['openai', 'azure-eu', 'mistral', 'bedrock'], { ...ONE_BY_ONE, mistral: [34, 45] }],
])('a burst on %j', (chain, failing) => {
  describe.each([
    ['whole', false],
    ['as streams', true],
  ])('%s', (_, streams) => {
    test.each(FAILURES)(
      'loses and repeats no request, if a provider %s in the middle',
      async (failure) => {
        const burst = new Burst(failing, failure);
        providers.answer = burst.outside;
        bedrock.replies(burst.ofBedrock);
        const { gateway, records } = gatewayOf(chain);
        const answers = await ask(gateway.fetch, streams);
        const numbers = Array.from({ length: SIZE }, (_one, number) => number);
        expect(answers.map(({ text }) => text)).toEqual(numbers.map((number) => `answer ${number}`));
        expect(burst.complaints.concat(bedrock.complaints)).toEqual([]);
        // Each question was answered by one provider, and its answer names that one.
        const answered = burst.answered.toSorted((a, b) => a.number - b.number);
        expect(answered.map(({ number }) => number)).toEqual(numbers);
        expect(answers.map(({ by }) => by)).toEqual(answered.map(({ by }) => DESTINATIONS[by][1]));
        expect(new Set(answered.map(({ by }) => by))).toEqual(new Set(chain));
        // The first one answers again after the failure.
        expect(burst.answered.slice(-AT_ONCE).map(({ by }) => by)).toContain(chain[0]);
        expect(records.map(({ outcome }) => outcome)).toEqual(Array(SIZE).fill('answered'));
        expect(JSON.stringify([answers, records])).not.toContain(KEY);
      },
      60_000,
    );
  });
});
