import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import { FakeServer } from '../runtime/gateway/support/fake-server';
import { gatewayFor, NO_BEDROCK } from '../runtime/gateway/support/gateway';
import { scenarioErrors } from './answers';
import { OpenAiDocument } from './document';
import { SCENARIOS } from './scenarios';

jest.setTimeout(60_000);

const openAi = new OpenAiDocument();
const fake = new FakeServer();
beforeAll(() => fake.start());
afterAll(() => fake.stop());

const toolCalls = [{ id: 'c1', name: 'weather', arguments: '{"city":"Lyon"}' }];
const ANSWERS = [
  ['a text', { content: 'Guten Tag' }],
  ['a text that is too long', { content: 'Guten Tag', finishReason: 'length' }],
  ['reasoning', { content: 'Guten Tag', reasoning: 'a greeting' }],
  ['a tool call', { toolCalls }],
] as const;
const KINDS = ['openai', 'vpc'] as const;

describe.each(KINDS.flatMap((kind) => ANSWERS.map(([name, answer]) => [kind, name, answer] as const)))(
  "the gateway answers from a destination '%s' with %s",
  (kind, _, answer) => {
    let gateway: FetchHandler;
    beforeAll(() => {
      fake.reset();
      fake.mock.onMessage(/./, answer as { content: string }, { chunkSize: 4 });
      for (const text of ['a', 'b']) fake.mock.onEmbedding(text, { embedding: [1, 0.5] });
      gateway = gatewayFor(fake.policy(kind), NO_BEDROCK, { servers: fake.servers() }).gateway;
    });

    test.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
      '%s conforms to the document',
      async (_name, scenario) => {
        expect(await scenarioErrors(openAi, gateway, scenario)).toEqual([]);
      },
    );
  },
);
