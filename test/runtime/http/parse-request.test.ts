import * as z from 'zod/mini';
import { parseRequest } from '@/lib/runtime/http/parse-request';

const text = z.strictObject({ text: z.string() });
const form = z.strictObject({
  model: z.string(),
  temperature: z.optional(z.number()),
  input: z.optional(z.union([z.string(), z.array(text)])),
  labels: z.optional(z.record(z.string(), z.string())),
  variables: z.optional(z.record(z.string(), z.union([z.string(), text]))),
  nested: z.optional(z.lazy(() => z.strictObject({ inner: z.optional(text) }))),
});

function refusalOf(body: Record<string, unknown>) {
  try {
    return parseRequest(form, body, ['model']);
  } catch (error) {
    const { code, param, message } = error as { code: string; param: string | null; message: string };
    return { code, param, message };
  }
}

const model = 'assistant';
const UNKNOWN = "is unknown to this gateway, so it can't be honoured; leave it out";

test.each<[string, Record<string, unknown>, string | null, string]>([
  ['an unknown parameter', { model, canary: 1 }, null, `parameter 2 of the body ${UNKNOWN}`],
  ['a mistyped one', { model, temprature: 1 }, null, `parameter 2 of the body ${UNKNOWN}; did you mean 'temperature'?`],
  ['a field', { model, input: [{ text: 'a', canary: 1 }] }, 'input[0]', `field 2 of 'input[0]' ${UNKNOWN}`],
  ['a misplaced one', { model, text: 'canary' }, 'text', `'text' ${UNKNOWN}`],
  [
    'a recursive one',
    { model, nested: { inner: { text: 'a', canary: 1 } } },
    'nested.inner',
    `field 2 of 'nested.inner' ${UNKNOWN}`,
  ],
  ['a label', { model, labels: { canary: 5 } }, 'labels', "an entry of 'labels' must be of type string"],
  [
    'a field of a variable',
    { model, variables: { canary: { text: 5 } } },
    'variables',
    "an entry of 'variables' must be of type string",
  ],
  ['a wrong value', { model: { canary: 1 } }, 'model', "'model' must be of type string"],
  ['a missing parameter', { temperature: 1 }, 'model', "'model' is required, of type string"],
  ['a long name', { model, ['temperature'.repeat(99)]: 1 }, null, `parameter 2 of the body ${UNKNOWN}`],
])('%s is refused without a word of the client', (_, body, param, message) => {
  expect(refusalOf(body)).toMatchObject({ param, message });
});
