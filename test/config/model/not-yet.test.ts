import { NOT_YET } from '@/lib/config/model/not-yet';
import { SERVED } from '@/lib/config/model/purpose';
import { configKeys } from '@/scripts/pages/config-keys';
import { residencyJsonSchema } from '@/scripts/schema';
import { edited, linesOf } from '../support';

// biome-ignore format: one row a line
const ROWS: [string, readonly [string, string], string][] = [
  ['models[].destinations[].server', ['bedrock: openai.gpt-oss-120b-1:0', 'server: http://vllm.internal/v1\n        model: m'], "8:17: models[0].destinations[1].server: found 'http://vllm.internal/v1'; not available in this version: a deployed gateway may connect only to addresses that are listed; list the server's ranges in 'addresses', such as [10.0.3.0/24], within those of the network"],
];

test.each(ROWS)('%s is refused in this version', (_, [from, to], line) => {
  expect(linesOf(edited(from, to))).toEqual([`residency.yaml:${line}`]);
});

test('every row of the table has a test', () => {
  expect(ROWS.map(([path]) => path)).toEqual(NOT_YET.map(({ path }) => path));
});

test('every row of the table is a key of the schema', () => {
  const keys = configKeys(residencyJsonSchema()).map(({ path }) => path);
  expect(NOT_YET.filter(({ path }) => !keys.includes(path))).toEqual([]);
});

test('a server with its addresses is accepted', () => {
  const to = 'server: http://vllm.internal/v1\n        model: m\n        addresses: [10.0.3.0/24]';
  expect(linesOf(edited('bedrock: openai.gpt-oss-120b-1:0', to))).toEqual([]);
});

test.each([
  ['a mistake in the same key', ['bedrock: openai.gpt-oss-120b-1:0', 'openai: [gpt-5.2]'], 'openai: found a list'],
] as const)('%s takes precedence', (_, [from, to], text) => {
  const lines = linesOf(edited(from, to));
  expect(lines).toEqual([expect.stringContaining(text)]);
});

test('serve accepts destinations that a deployment refuses', () => {
  expect(SERVED.notYet).toEqual([]);
});
