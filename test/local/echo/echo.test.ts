import { echoUpstream } from '@/lib/local/echo/echo';
import { echoAnswer } from '@/lib/local/echo/echo-answer';
import { echoVector } from '@/lib/local/echo/echo-vector';
import { exampleOf } from '@/lib/local/echo/example-of';
import type { ConverseRequest } from '@/lib/runtime/gateway/bedrock/bedrock';

const user = (text: string, more: Partial<ConverseRequest> = {}): ConverseRequest => ({
  messages: [{ role: 'user', content: [{ text }] }],
  ...more,
});
const tool = (name: string, json: unknown = { type: 'object', properties: {} }) => ({
  toolSpec: { name, inputSchema: { json: json as never } },
});
const CITY = { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 3 } } };

test('says what it is and repeats what it was told', () => {
  expect(echoAnswer(user('Guten Tag'))).toEqual({
    text: 'This is the echo of eu-residency serve, not a model. You said: Guten Tag',
    calls: [],
    stopReason: 'end_turn',
    usage: { inputTokens: 14, outputTokens: 18, totalTokens: 32 },
  });
});

test('the same request has the same answer', () => {
  const request = user('weather', { toolConfig: { tools: [tool('weather', CITY)] } });
  expect(echoAnswer(request)).toEqual(echoAnswer(request));
});

test.each([
  ['has to be called', { tool: { name: 'weather' } }, 'hello', ['weather']],
  ['is one of those of which one has to be called', { any: {} }, 'hello', ['search']],
  ['is named by the user', { auto: {} }, 'call weather and search please', ['weather', 'search']],
  ['is not named', { auto: {} }, 'hello', []],
])('a tool that %s', (_, toolChoice, text, called) => {
  const toolConfig = { tools: [tool('weather', CITY), tool('search')], toolChoice } as ConverseRequest['toolConfig'];
  const { calls, stopReason } = echoAnswer(user(text, { toolConfig }));
  expect(calls.map(({ name }) => name)).toEqual(called);
  expect(stopReason).toBe(called.length > 0 ? 'tool_use' : 'end_turn');
  expect(new Set(calls.map(({ toolUseId }) => toolUseId)).size).toBe(called.length);
});

test.each([
  ["What's the weather like in San Francisco?", ['get_weather']],
  ['Get on with it', []],
])('a tool is called where its subject is spoken of: %s', (text, called) => {
  const { calls } = echoAnswer(user(text, { toolConfig: { tools: [tool('get_weather', CITY)] } }));
  expect(calls.map(({ name }) => name)).toEqual(called);
});

test('is called with an example of its parameters', () => {
  const { calls } = echoAnswer(user('weather', { toolConfig: { tools: [tool('weather', CITY)] } }));
  expect(calls[0]?.input).toEqual({ city: 'echo', days: 3 });
});

test('tells what a tool answered, and how many images it got', () => {
  const content = [
    { toolResult: { toolUseId: 'a', content: [{ text: 'sun' }] } },
    { image: { format: 'png' as const, source: { bytes: new Uint8Array(1) } } },
  ];
  expect(echoAnswer({ messages: [{ role: 'user', content }] }).text).toMatch(
    /A tool answered: sun You sent 1 image\.$/,
  );
});

test('answers with an example of a schema', () => {
  const jsonSchema = { schema: JSON.stringify({ ...CITY, required: ['city'] }), name: 'x' };
  const outputConfig = { textFormat: { type: 'json_schema' as const, structure: { jsonSchema } } };
  expect(JSON.parse(echoAnswer(user('hello', { outputConfig })).text)).toEqual({ city: 'echo' });
});

test('stops at a sequence, and where its tokens are used up', () => {
  expect(echoAnswer(user('one two', { inferenceConfig: { stopSequences: ['two', 'never'] } }))).toMatchObject({
    text: 'This is the echo of eu-residency serve, not a model. You said: one ',
    stopReason: 'stop_sequence',
  });
  expect(echoAnswer(user('hello', { inferenceConfig: { maxTokens: 2 } }))).toMatchObject({
    text: 'This is ',
    stopReason: 'max_tokens',
  });
});

test('a stream says the same piece by piece, and ends when it is given up', async () => {
  const request = user('Guten Tag');
  const pieces: string[] = [];
  for await (const event of await echoUpstream.converseStream({} as never, request)) {
    pieces.push(event.contentBlockDelta?.delta?.text ?? '');
  }
  expect(pieces.join('')).toBe(echoAnswer(request).text);
  expect(pieces.filter((piece) => piece !== '').length).toBeGreaterThan(5);
  const leaving = new AbortController();
  const left = async () => {
    for await (const _ of await echoUpstream.converseStream({} as never, request, leaving.signal)) leaving.abort();
  };
  await expect(left()).rejects.toThrow();
});

test('vectors are of the size asked for, of length 1, and near for texts that share words', () => {
  const [a, b, c] = ['the cat sat', 'the cat ran', 'Quarterly figures rose'].map((text) => echoVector(text, 256));
  const near = (x: number[] = [], y: number[] = []) =>
    x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
  expect(a).toHaveLength(256);
  expect(near(a, a)).toBeCloseTo(1);
  expect(near(a, b)).toBeGreaterThan(near(a, c) + 0.3);
  expect(echoVector('!', 8)).toEqual(echoVector('!', 8));
});

// biome-ignore format: one row a line
test.each<[string, unknown, unknown]>([
  ['a constant', { const: 5 }, 5],
  ['a choice', { enum: ['b', 'a'] }, 'b'],
  ['a default', { type: 'string', default: 'x' }, 'x'],
  ['one of several', { anyOf: [{ type: 'null' }, { type: 'string' }] }, null],
  ['all of several', { allOf: [{ type: 'object' }, { properties: { a: { type: 'boolean' } } }] }, { a: true }],
  ['a list', { type: 'array', items: { type: 'number', exclusiveMinimum: 1 }, minItems: 2 }, [2, 2]],
  ['a length', { type: 'string', minLength: 6 }, 'echo..'],
  ['a format', { type: 'string', format: 'date' }, '2025-02-05'],
  ['several types', { type: ['integer', 'null'] }, 1],
  ['a reference', { $defs: { n: { type: 'integer' } }, properties: { a: { $ref: '#/$defs/n' } } }, { a: 1 }],
  ['a reference to a host', { $ref: 'https://example.com/x.json' }, null],
  ['nothing', true, null],
])('the example of %s', (_, schema, example) => {
  expect(exampleOf(schema)).toEqual(example);
});

test('a schema that holds itself has an example', () => {
  const schema = { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] };
  expect(JSON.stringify(exampleOf(schema))).toContain('"next":null');
});

test.each<[string, object]>([
  ['that refers to itself 60 times', { properties: Object.fromEntries(many(60, (n) => [`p${n}`, { $ref: '#' }])) }],
  ['of 30 million items', { type: 'array', minItems: 3e7 }],
  ['of infinitely many items', { type: 'array', minItems: Number.POSITIVE_INFINITY }],
  ['of 400 million characters', { type: 'string', minLength: 4e8 }],
  ['of a long name in each level', { properties: { ['n'.repeat(150_000)]: { $ref: '#' } } }],
  ['of a long constant in each item', { type: 'array', minItems: 1e6, items: { const: 'c'.repeat(50_000) } }],
  [
    'of many parts in each level',
    { allOf: many(30_000, () => ({ properties: { a: { $ref: '#' }, b: { $ref: '#' } } })) },
  ],
  ['of a long reference in each item', { type: 'array', minItems: 1e6, items: { $ref: `#/${'x/'.repeat(50_000)}` } }],
])('the example of a schema %s is short', (_, schema) => {
  const before = process.cpuUsage();
  expect(JSON.stringify(exampleOf(schema)).length).toBeLessThan(500_000);
  expect(process.cpuUsage(before).user).toBeLessThan(1e6);
});

test('the calls of one answer share the budget of their examples', () => {
  const long = { type: 'object', properties: { text: { type: 'string', minLength: 150_000 } } };
  const tools = many(100, (n) => tool(`t${n}`, long));
  const text = tools.map(({ toolSpec }) => toolSpec.name).join(' ');
  const { calls } = echoAnswer(user(text, { toolConfig: { tools } }));
  expect(JSON.stringify(calls).length).toBeLessThan(500_000);
});

test('a text of 2 million words has a vector within a second', () => {
  const before = process.cpuUsage();
  expect(echoVector('a '.repeat(2e6), 1536)).toHaveLength(1536);
  expect(process.cpuUsage(before).user).toBeLessThan(1e6);
});

test('an image counts by its length in base64', () => {
  const image = { image: { format: 'png' as const, source: { bytes: new Uint8Array(3_000_000) } } };
  const before = process.cpuUsage();
  const { usage } = echoAnswer({ messages: [{ role: 'user', content: [image] }] });
  expect(usage.inputTokens).toBeGreaterThan(1_000_000);
  expect(usage.inputTokens).toBeLessThan(1_000_100);
  expect(process.cpuUsage(before).user).toBeLessThan(5e5);
});

function many<T>(count: number, of: (n: number) => T): T[] {
  return Array.from({ length: count }, (_, n) => of(n));
}
