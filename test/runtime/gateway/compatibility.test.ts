import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CHAT_PARAMETERS } from '@/lib/runtime/gateway/chat/parameters';
import { EMBEDDING_PARAMETERS } from '@/lib/runtime/gateway/embeddings/parameters';
import { RESPONSE_PARAMETERS } from '@/lib/runtime/gateway/items/parameters';
import { MESSAGES_PARAMETERS } from '@/lib/runtime/gateway/messages/parameters';
import { type ParameterTable, withoutDefaults } from '@/lib/runtime/gateway/parameters/parameter';
import { compatibilityPage } from '@/scripts/pages/compatibility-page';

const ROOT = path.join(__dirname, '../../..');

/** The names of the parameters that OpenAI's or Anthropic's own client declares for an endpoint. */
function declared(file: string, type: string, client = 'openai'): string[] {
  const text = readFileSync(path.join(ROOT, 'node_modules', client, 'resources', file), 'utf8');
  const [, body = ''] = new RegExp(`export interface ${type} {\n([\\s\\S]*?)\n}`).exec(text) ?? [];
  return [...body.matchAll(/^ {4}([a-z_]+)\??:/gm)].map(([, name]) => name as string);
}

const ENDPOINTS: [string, ParameterTable, string[]][] = [
  [
    'chat completions',
    CHAT_PARAMETERS,
    declared('chat/completions/completions.d.ts', 'ChatCompletionCreateParamsBase'),
  ],
  ['responses', RESPONSE_PARAMETERS, declared('responses/responses.d.ts', 'ResponseCreateParamsBase')],
  [
    'messages',
    MESSAGES_PARAMETERS,
    // The SDK sends `betas` as a header.
    ['messages/messages.d.ts', 'beta/messages/messages.d.ts']
      .flatMap((file) => declared(file, 'MessageCreateParamsBase', '@anthropic-ai/sdk'))
      .filter((name) => name !== 'betas'),
  ],
  ['embeddings', EMBEDDING_PARAMETERS, declared('embeddings.d.ts', 'EmbeddingCreateParams')],
];

test('docs/COMPATIBILITY.md is current', () => {
  expect(readFileSync(path.join(ROOT, compatibilityPage.file), 'utf8')).toBe(compatibilityPage.render());
});

test.each(ENDPOINTS)('the table of %s has every parameter that its client declares', (_, table, names) => {
  expect(names.length).toBeGreaterThanOrEqual(5);
  expect(names.filter((name) => !Object.hasOwn(table, name))).toEqual([]);
});

const FIXED = ENDPOINTS.flatMap(([endpoint, table]) =>
  Object.entries(table).flatMap(([name, row]) =>
    row.kind === 'fixed' ? [[endpoint, name, table, row.allowed] as const] : [],
  ),
);

test.each(FIXED)(
  '%s: %s is accepted at its values, and refused by its name at any other',
  (_, name, table, allowed) => {
    for (const keepsContent of [true, false]) {
      for (const value of [...allowed, null])
        expect(withoutDefaults(table, { [name]: value }, keepsContent)).toEqual({});
      expect(() => withoutDefaults(table, { [name]: 'CANARY' }, keepsContent)).toThrow(
        expect.objectContaining({ status: 400, param: name, message: expect.not.stringContaining('CANARY') }),
      );
    }
  },
);

test('a hint is dropped without a mark at the values of what happens anyway', () => {
  const hints = ENDPOINTS.flatMap(([, table]) =>
    Object.entries(table).flatMap(([name, row]) =>
      row.kind === 'hint' ? [{ table, name, neutral: row.neutral }] : [],
    ),
  );
  expect(hints.length).toBeGreaterThan(5);
  for (const { table, name, neutral } of hints) {
    for (const value of [...neutral, null]) expect(withoutDefaults(table, { [name]: value }, false)).toEqual({});
    expect(withoutDefaults(table, { [name]: 'another' }, false)).toEqual({ [name]: 'another' });
  }
});

test('every honoured parameter has a description', () => {
  for (const [, table] of ENDPOINTS) {
    for (const row of Object.values(table)) expect(row.kind === 'fixed' ? row.why : row.note).not.toBe('');
  }
});
