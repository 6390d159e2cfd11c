import type { AttackTable, RequestAttack, Scenario } from '../attack';
import type { Sent } from '../target';
import { caller } from '../world';

const model = 'assistant';
const hi = [{ role: 'user', content: 'hi' }];

/** The longest text that a request has room for. */
const LONG = 'b'.repeat(900_000);
const nested = (depth: number, one: (inner: unknown) => unknown, end: unknown = { type: 'string' }): unknown =>
  Array.from({ length: depth }).reduce<unknown>((inner) => one(inner), end);
const wide = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, value]));

/** Schemas that describe much more than they say. */
const SCHEMAS: Readonly<Record<string, object>> = {
  'a reference to itself, 60 times': { type: 'object', properties: wide(60, { $ref: '#' }) },
  'a reference to itself, in lists': { type: 'array', minItems: 30, items: { $ref: '#' } },
  'two that refer to each other': {
    type: 'object',
    properties: { a: { $ref: '#/$defs/a' } },
    $defs: {
      a: { type: 'object', properties: wide(40, { $ref: '#/$defs/b' }) },
      b: { type: 'object', properties: wide(40, { $ref: '#/$defs/a' }) },
    },
  },
  'a list of 30 million': { type: 'array', minItems: 3e7, items: { type: 'string' } },
  'a text of 400 million letters': { type: 'object', properties: { a: { type: 'string', minLength: 4e8 } } },
  'a number of 300 digits': { type: 'object', properties: { a: { type: 'number', minimum: 1e308 } } },
  'depth 500': nested(500, (inner) => ({ type: 'object', properties: { a: inner } })) as object,
  'depth 500 in lists': nested(500, (inner) => ({ type: 'array', items: inner, minItems: 2 })) as object,
  'depth 12, each with 12': nested(4, (inner) => ({ type: 'object', properties: wide(12, inner) })) as object,
  '5,000 properties': { type: 'object', properties: wide(5_000, { type: 'string' }) },
  '2,000 alternatives': { anyOf: Array.from({ length: 2_000 }, () => ({ type: 'string' })) },
  'a pattern that backtracks': { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } },
  'a list of 100,000 values': {
    type: 'object',
    properties: { a: { enum: Array.from({ length: 100_000 }, (_, n) => n) } },
  },
};

const SCHEMA_PLACES: Readonly<Record<string, (schema: object) => Sent>> = {
  'a chat': (schema) =>
    posting('/v1/chat/completions', {
      model,
      messages: hi,
      response_format: { type: 'json_schema', json_schema: { name: 'a', schema } },
    }),
  'a response': (schema) =>
    posting('/v1/responses', { model, input: 'hi', text: { format: { type: 'json_schema', name: 'a', schema } } }),
  'a tool': (schema) =>
    posting('/v1/chat/completions', {
      model,
      messages: hi,
      tools: [{ type: 'function', function: { name: 'f', parameters: schema } }],
    }),
  'a tool of a message': (schema) =>
    posting('/v1/messages', { model, max_tokens: 9, messages: hi, tools: [{ name: 'f', input_schema: schema }] }),
};

/** Bodies near the size that is allowed. */
const BODIES: Readonly<Record<string, Sent>> = {
  'JSON of depth 100,000': posting('/v1/responses', '['.repeat(100_000) + ']'.repeat(100_000)),
  'JSON of depth 100,000 in objects': posting(
    '/v1/chat/completions',
    `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  ),
  'JSON with a million values': posting('/v1/responses', `{"model":"${model}","input":[${'1,'.repeat(900_000)}1]}`),
  '20,000 messages': posting('/v1/chat/completions', { model, messages: Array.from({ length: 20_000 }, () => hi[0]) }),
  '20,000 items': posting('/v1/conversations', { items: Array.from({ length: 20_000 }, () => hi[0]) }),
  '20,000 items of a response': posting('/v1/responses', { model, input: Array.from({ length: 20_000 }, () => hi[0]) }),
  '20,000 tools': posting('/v1/chat/completions', {
    model,
    messages: hi,
    tools: Array.from({ length: 20_000 }, (_, n) => ({ type: 'function', function: { name: `f${n}` } })),
  }),
  '20,000 texts to embed': posting('/v1/embeddings', {
    model: 'vectors',
    input: Array.from({ length: 20_000 }, () => 'a'),
  }),
  '20,000 stop sequences': posting('/v1/chat/completions', {
    model,
    messages: hi,
    stop: Array.from({ length: 20_000 }, (_, n) => `${n}`),
  }),
  '20,000 labels': posting('/v1/conversations', { metadata: wide(20_000, 'a') }),
  '20,000 parts': posting('/v1/uploads/upload_0/complete', {
    part_ids: Array.from({ length: 20_000 }, (_, n) => `part_${n}`),
  }),
  'a text of 4 million letters': posting('/v1/responses', { model, input: 'a'.repeat(4_000_000) }),
  'a text of 4 million emojis': posting('/v1/chat/completions', {
    model,
    messages: [{ role: 'user', content: '\u{1f600}'.repeat(1_000_000) }],
  }),
  'a text of combined letters': posting('/v1/chat/completions', {
    model,
    messages: [{ role: 'user', content: `a${'\u0301'.repeat(1_000_000)}` }],
  }),
  'an image of 4 million letters': posting('/v1/responses', {
    model,
    input: [
      { role: 'user', content: [{ type: 'input_image', image_url: `data:image/png;base64,${'A'.repeat(4_000_000)}` }] },
    ],
  }),
  'an image that claims to be huge': posting('/v1/responses', {
    model,
    input: [{ role: 'user', content: [{ type: 'input_image', image_url: pngOf(0x7fffffff) }] }],
  }),
  'a document with 100,000 pages': posting('/v1/responses', {
    model,
    input: [
      {
        role: 'user',
        content: [
          {
            type: 'input_file',
            filename: 'a.pdf',
            file_data: `data:application/pdf;base64,${Buffer.from(`%PDF-1.7 ${'/Type /Page /Count 9 '.repeat(100_000)}%%EOF`).toString('base64')}`,
          },
        ],
      },
    ],
  }),
  'a form with 10,000 fields': {
    method: 'POST',
    path: '/v1/files',
    headers: [['Content-Type', 'multipart/form-data; boundary=B']],
    body: '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'.repeat(10_000),
  },
  'a form whose boundary repeats': {
    method: 'POST',
    path: '/v1/files',
    headers: [['Content-Type', 'multipart/form-data; boundary=-']],
    body: '--'.repeat(500_000),
  },
  'tool arguments of 900,000 letters': posting('/v1/responses', {
    model,
    input: [{ type: 'function_call', call_id: 'c', name: 'f', arguments: JSON.stringify({ a: LONG }) }],
  }),
  'a prompt of 50,000 letters with 9,000 places': posting('/v1/prompts', {
    model,
    instructions: '{{a}}'.repeat(9_000),
  }),
  'a number of a million digits': posting(
    '/v1/responses',
    `{"model":"${model}","input":"hi","temperature":${'9'.repeat(1_000_000)}}`,
  ),
};

/** A prompt with many places for a variable, and variables that fill them with more than a window holds. */
const prompts: Scenario[] = [58_000, 100_000, 900_000].map((length) => ({
  name: `9,000 places of a prompt for ${length} letters`,
  run: async (_, target) => {
    const post = caller(target);
    const made = await post('otherMember', 'POST', '/v1/prompts', { model, instructions: '{{a}}'.repeat(9_000) });
    const sent = posting('/v1/responses', {
      model,
      input: 'hi',
      prompt: { id: made('id'), variables: { a: 'b'.repeat(length) } },
    });
    const { status, ms } = await target.send(sent);
    return [
      ...(status >= 400 && status < 500 ? [] : [`it was answered ${status}`]),
      ...(ms > 5_000 ? [`it used ${Math.round(ms)} ms`] : []),
    ];
  },
}));

/** A list of items whose pages would be larger than a function can answer. */
const pages: Scenario = {
  name: 'a page of 100 items of a megabyte',
  run: async (_, target) => {
    const post = caller(target);
    const id = (await post('otherMember', 'POST', '/v1/conversations', {}))('id');
    const image = `data:image/png;base64,${'A'.repeat(2_800_000)}`;
    const items = [{ role: 'user', content: [{ type: 'input_image', detail: 'auto', image_url: image }] }];
    for (let nth = 0; nth < 12; nth++) await post('otherMember', 'POST', `/v1/conversations/${id}/items`, { items });
    const { status, body, ms } = await target.send({ path: `/v1/conversations/${id}/items?limit=100` });
    return [
      ...(status === 200 && body.length < 8e6 && body.includes('"has_more":true')
        ? []
        : [`a page has ${body.length} bytes, status ${status}`]),
      ...(ms > 5_000 ? [`it used ${Math.round(ms)} ms`] : []),
    ];
  },
};

const within = (name: string, request: Sent): RequestAttack => ({ name, request, may: [200] });

/** No request of an allowed size uses much more than its size. */
export const BUDGETS: AttackTable = {
  title: 'requests that multiply',
  isAlone: true,
  attacks: [
    ...Object.entries(SCHEMA_PLACES).flatMap(([place, make]) =>
      Object.entries(SCHEMAS).map(([name, schema]) => within(`${place}: ${name}`, make(schema))),
    ),
    ...Object.entries(BODIES).map(([name, sent]) => within(name, sent)),
    ...prompts,
    pages,
  ],
};

function posting(path: string, body: object | string): Sent {
  return { method: 'POST', path, body };
}

/** The header of an image of this width and height. */
function pngOf(side: number): string {
  const header = Buffer.from('89504e470d0a1a0a0000000d4948445200000000000000000806000000', 'hex');
  header.writeUInt32BE(side, 16);
  header.writeUInt32BE(side, 20);
  return `data:image/png;base64,${header.toString('base64')}`;
}
