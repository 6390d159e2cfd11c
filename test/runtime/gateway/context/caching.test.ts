import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { CachingBedrock } from '../support/caching-bedrock';
import { chat, gatewayFor, post } from '../support/gateway';
import { PROJECT, serving, WORKSPACE } from '../support/policies';

const CLAUDE = 'eu.anthropic.claude-sonnet-5';
const NOVA = 'eu.amazon.nova-2-lite-v1:0';
const EPHEMERAL = { type: 'ephemeral' };
const TURNS = 50;

const text = (about: string, words: number) => `${about}: ${'a word of it '.repeat(words)}`;
const SYSTEM = { role: 'system', content: text('rules', 400) };
const LONG = { role: 'user', content: text('the question', 400) };
const tool = { type: 'function', function: { name: 'look_up', description: text('looks up', 400) } };

const only = (id: string, caching?: boolean): GatewayPolicy => {
  const policy = serving({ region: 'eu-central-1', id });
  return { ...policy, models: policy.models.map((model) => ({ ...model, caching })) };
};
const inWorkspace = ({ models }: GatewayPolicy): GatewayPolicy => ({ ...WORKSPACE, models });

/** What Bedrock received, and the answer. */
async function ask(policy: GatewayPolicy, body: object) {
  const bedrock = new CachingBedrock(() => 'Yes.');
  const { gateway, records, operations } = gatewayFor(policy, bedrock.upstream);
  const response = await gateway.fetch(chat({ model: 'assistant', messages: [SYSTEM, LONG], ...body }));
  return { response, records, operations, sent: bedrock.requests[0] };
}

const pointsIn = (request: unknown) => JSON.stringify(request).match(/"cachePoint":\{"type":"default"\}/g)?.length ?? 0;

describe('who is cached', () => {
  test.each<[string, GatewayPolicy, object, number]>([
    ['a workspace', inWorkspace(only(CLAUDE)), {}, 2],
    ['a workspace whose model is not to be', inWorkspace(only(CLAUDE, false)), { cache_control: EPHEMERAL }, 0],
    ['a project', only(CLAUDE), {}, 0],
    ['a project that asks', only(CLAUDE), { cache_control: EPHEMERAL }, 2],
    ['a project whose model is to be', only(CLAUDE, true), {}, 2],
    ['a project that asks for a model that is not to be', only(CLAUDE, false), { cache_control: EPHEMERAL }, 0],
    ['a model without a cache', inWorkspace(only('openai.gpt-oss-120b-1:0')), {}, 0],
    ['tools of a model whose tools have no points', inWorkspace(only(NOVA)), { tools: [tool] }, 2],
    ['tools', inWorkspace(only(CLAUDE)), { tools: [tool] }, 3],
    ['a short prompt', inWorkspace(only(CLAUDE)), { messages: [{ role: 'user', content: 'hello' }] }, 0],
  ])('%s', async (_, policy, body, points) => {
    const { response, sent } = await ask(policy, body);
    expect(response.status).toBe(200);
    expect(pointsIn(sent)).toBe(points);
  });

  test('a mark may be at a message, a part or a tool, and is sent to no model', async () => {
    const part = { type: 'text', text: LONG.content, cache_control: EPHEMERAL };
    for (const body of [
      { messages: [SYSTEM, { role: 'user', content: [part] }] },
      { messages: [{ ...SYSTEM, cache_control: EPHEMERAL }, LONG] },
      { tools: [{ ...tool, cache_control: EPHEMERAL }] },
      { tools: [{ ...tool, function: { ...tool.function, cache_control: EPHEMERAL } }] },
    ]) {
      const { response, sent } = await ask(only(CLAUDE), body);
      expect(response.status).toBe(200);
      expect(pointsIn(sent)).toBeGreaterThan(1);
      expect(JSON.stringify(sent)).not.toContain('ephemeral');
    }
  });

  test('a mark of another form is refused by its place', async () => {
    const { response } = await ask(only(CLAUDE), { tools: [{ ...tool, cache_control: { type: 'forever' } }] });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('tools[0].cache_control');
  });

  test('a wish that is not granted is named', async () => {
    const hour = { ...EPHEMERAL, ttl: '1h' };
    const refused = await ask(only(CLAUDE, false), { cache_control: EPHEMERAL });
    const shorter = await ask(only(CLAUDE), { tools: [{ ...tool, cache_control: hour }] });
    const named = [refused, shorter].map(({ response }) => response.headers.get('x-residency-ignored'));
    expect(named).toEqual(['cache_control', 'cache_control.ttl']);
  });

  test('without points, the request is equal', async () => {
    const { sent: cached } = await ask(only(CLAUDE, true), { tools: [tool] });
    const { sent: plain } = await ask(only(CLAUDE), { tools: [tool] });
    const without = JSON.stringify(cached).replaceAll(',{"cachePoint":{"type":"default"}}', '');
    expect(JSON.parse(without)).toEqual(JSON.parse(JSON.stringify(plain)));
  });
});

test('another question about the same document reads it from the cache', async () => {
  const bedrock = new CachingBedrock(() => 'Yes.');
  const { gateway } = gatewayFor(only(CLAUDE, true), bedrock.upstream);
  for (const question of ['Who wrote it?', 'When was it written?']) {
    const content = [text('the document', 2_000), question].map((part) => ({ type: 'text', text: part }));
    await gateway.fetch(chat({ model: 'assistant', messages: [{ role: 'user', content }] }));
  }
  expect(bedrock.share).toBeGreaterThan(0.9);
});

test('usage and records show what was read and written', async () => {
  const bedrock = new CachingBedrock(() => 'Yes.');
  const { gateway, records } = gatewayFor(only(CLAUDE, true), bedrock.upstream);
  const body = { model: 'assistant', messages: [SYSTEM, LONG] };
  const first = (await (await gateway.fetch(chat(body))).json()) as { usage: object };
  const second = (await (
    await gateway.fetch(post('responses', { ...body, input: [SYSTEM, LONG], messages: undefined }))
  ).json()) as {
    usage: object;
  };
  const all = bedrock.counted[0]?.cacheWriteInputTokens;
  expect(first.usage).toMatchObject({ prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: all } });
  expect(second.usage).toMatchObject({ input_tokens_details: { cached_tokens: all, cache_write_tokens: 0 } });
  expect(records.map(({ tokens }) => [tokens?.cached, tokens?.cacheWrite])).toEqual([
    [0, all],
    [all, undefined],
  ]);
});

describe.each([
  ['Claude, with 20 blocks of lookback', CLAUDE],
  ['Nova, without', NOVA],
])('%s', (name, id) => {
  test(`of a chat of ${TURNS} turns, at least 80% of the last input is read from the cache`, async () => {
    const bedrock = new CachingBedrock((turn) => text(`answer ${turn}`, 20));
    const { gateway } = gatewayFor(only(id, true), bedrock.upstream);
    const messages: object[] = [{ role: 'system', content: text('rules', 200) }];
    for (let turn = 1; turn <= TURNS; turn++) {
      messages.push({ role: 'user', content: text(`question ${turn}`, 20) });
      const response = await gateway.fetch(chat({ model: 'assistant', messages, tools: [tool] }));
      const { choices } = (await response.json()) as { choices: { message: object }[] };
      messages.push(choices[0]?.message ?? {});
      bedrock.time += 60_000;
    }
    process.stdout.write(`${name}: ${(bedrock.share * 100).toFixed(1)}% of turn ${TURNS} is read from the cache\n`);
    expect(bedrock.counted).toHaveLength(TURNS);
    expect(bedrock.share).toBeGreaterThan(0.8);
  });
});

test('a project without a wish reads nothing', async () => {
  const bedrock = new CachingBedrock(() => 'Yes.');
  const { gateway } = gatewayFor(
    { ...PROJECT, models: only(CLAUDE).models, projects: only(CLAUDE).projects },
    bedrock.upstream,
  );
  for (let turn = 0; turn < 2; turn++) await gateway.fetch(chat({ model: 'assistant', messages: [SYSTEM, LONG] }));
  expect(bedrock.counted.map(({ cacheWriteInputTokens }) => cacheWriteInputTokens)).toEqual([0, 0]);
});
