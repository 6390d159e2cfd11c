import type { ConverseRequest } from '@/lib/runtime/gateway/bedrock/bedrock';
import { withCachePoints } from '@/lib/runtime/gateway/fit/cache';
import { NOTHING_KNOWN } from '@/lib/runtime/gateway/fit/traits';

const LONG = 'x'.repeat(6_000);
const POINT = { cachePoint: { type: 'default' } };
const FIELDS = ['system', 'tools', 'messages'] as const;
const user = (...texts: string[]) => ({ role: 'user' as const, content: texts.map((text) => ({ text })) });
const assistant = { role: 'assistant' as const, content: [{ text: 'yes' }] };
const system = [{ text: 'rules' }];
const toolConfig = { tools: [{ toolSpec: { name: 'f', inputSchema: { json: {} }, description: LONG } }] };

const fitted = (converse: ConverseRequest, over: object = {}) =>
  withCachePoints(converse, {
    ...NOTHING_KNOWN,
    cachePoints: { fields: FIELDS, minTokens: 1_024, most: 4, ttl: ['5m'], ...over },
  });

/** What precedes each point. */
function pointed(converse: ConverseRequest, over?: object): unknown[] {
  const { toolConfig: config, system: texts = [], messages = [] } = fitted(converse, over);
  const lists = [config?.tools ?? [], texts, ...messages.map(({ content }) => content ?? [])] as object[][];
  return lists.flatMap((blocks) =>
    blocks.flatMap((block, at) => ('cachePoint' in block ? [Object.values(blocks[at - 1] ?? {})[0]] : [])),
  );
}

const TOOL = toolConfig.tools[0]?.toolSpec;
const all = { toolConfig, system, messages: [user('a'), assistant, user('b'), assistant, user('c')] };

test.each<[string, ConverseRequest, object, unknown[]]>([
  ['everything', all, {}, [TOOL, 'rules', 'b', 'c']],
  ['a model with three points', all, { most: 3 }, ['rules', 'b', 'c']],
  ['a model with one point', all, { most: 1 }, ['c']],
  ['a model with points in messages', all, { fields: ['messages'] }, ['b', 'c']],
  ['what is long enough only at its end', { system, messages: [user('a'), assistant, user(LONG)] }, {}, [LONG]],
  ['a document and a question', { messages: [user(LONG, 'why?')] }, {}, [LONG, 'why?']],
  ['a document and a question in a later turn', { messages: [user('a'), assistant, user(LONG, 'why?')] }, {}, ['why?']],
  ['a prefilled answer', { messages: [user(LONG), assistant] }, {}, [LONG]],
  ['a short request', { system, messages: [user('a')] }, {}, []],
])('of %s', (_, converse, over, expected) => {
  expect(pointed(converse, over)).toEqual(expected);
});

test('images, documents and results count, each in its own way', () => {
  const image = { image: { format: 'png', source: { bytes: new Uint8Array(10) } } } as const;
  const pdf = (size: number) =>
    ({ document: { format: 'pdf', name: 'd', source: { bytes: new Uint8Array(size) } } }) as const;
  const result = { toolResult: { toolUseId: 'c', content: [{ text: LONG }] } };
  for (const [block, points] of [
    [image, 1],
    [pdf(90_000), 0],
    [pdf(110_000), 1],
    [result, 1],
  ] as const) {
    const { messages = [] } = fitted({ messages: [{ role: 'user', content: [block] }] });
    expect(messages[0]?.content?.filter((found) => 'cachePoint' in found)).toHaveLength(points);
  }
});

test('a model without a cache gets the same request', () => {
  expect(withCachePoints(all, NOTHING_KNOWN)).toBe(all);
  expect(fitted({ messages: [user(LONG)] })).toEqual({
    messages: [{ role: 'user', content: [{ text: LONG }, POINT] }],
  });
});
