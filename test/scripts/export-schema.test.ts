import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { type Job, newJob } from '@/lib/runtime/rights/jobs/job';
import { exportedRow } from '@/lib/runtime/rights/steps/export-rows';
import { exportEraserSteps } from '@/lib/runtime/rights/steps/export-steps';
import type { ContentCipher } from '@/lib/runtime/workspace/store/content-cipher';
import schema from '../../residency-export.schema.json';

const ajv = addFormats(new Ajv2020({ strict: false })).addSchema(schema, 'export');
const errorsOf = (folder: string, line: object) => {
  const validate = ajv.getSchema(`export#/$defs/${folder}`);
  return validate?.(line) ? [] : (validate?.errors ?? ['no such folder']);
};

/** The lines of `usage`, as the step of an export reads them. */
async function usageLines(): Promise<object[]> {
  const counts = {
    days: async () => [{ day: '2026-11-24', tokens: 7 }],
    months: async () => [{ month: '2026-11', tokens: 9, models: { fast: 9 } }],
  };
  const [table, bucket] = [
    { client: {}, name: 'content' },
    { client: {}, name: 'files' },
  ];
  const steps = exportEraserSteps({ counts, table, bucket, now: () => new Date() } as never);
  const job: Job = newJob('export', 'ada', 'root', new Date(), 'usage', 'preparing');
  return JSON.parse(`${(await steps.usage(job)).figures?.usage}`);
}

async function fileLine(conversion: object): Promise<object> {
  const record = { name: 'a.docx', purpose: 'user_data', kind: 'docx', conversion, parts: ['p1'] };
  const cipher: Partial<ContentCipher> = { decrypt: async <T>() => record as T };
  const row = { pk: { S: 'user#ada' }, sk: { S: 'file#file-1' }, createdAt: { N: '1' } };
  const [line] = (await exportedRow('ada', row, cipher as ContentCipher))?.lines ?? [];
  return line ?? {};
}

/** Every form that a line can have is one of the schema, and with a field that none has it would be none. */
const strictly = (folder: keyof typeof schema.$defs, line: object) => {
  const described: object = schema.$defs[folder];
  const forms = ('anyOf' in described ? described.anyOf : [described]) as { readonly properties: object }[];
  return forms.some(({ properties }) => Object.keys(line).every((field) => field in properties));
};

test('the tokens of a day and of a month are lines of the schema', async () => {
  const lines = await usageLines();
  expect(lines).toHaveLength(2);
  for (const line of lines) expect([line, errorsOf('usage', line), strictly('usage', line)]).toEqual([line, [], true]);
  expect(errorsOf('usage', { month: '2026-13', tokens: 1, models: {} })).not.toEqual([]);
  expect(errorsOf('usage', { tokens: 1 })).not.toEqual([]);
});

test.each([
  ['converted', { kind: 'docx', bytes: 3, lost: { images: 2 } }, { text: 'files/file-1.txt' }],
  ['not converted', { failure: 'encrypted' }, {}],
])(
  'an office file that was %s is a line of the schema, with the place of its text if it has one',
  async (_, conversion, more) => {
    const line = await fileLine(conversion);
    expect(line).toMatchObject({ file: 'files/file-1', conversion, ...more });
    expect('text' in line).toBe('text' in more);
    expect([errorsOf('files', line), strictly('files', line)]).toEqual([[], true]);
  },
);
