import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CHAT, type Client, refused } from './client';
import { CLIENTS } from './clients/all';
import { compare } from './compare';
import { readResults, resultOf } from './results';

const PAGE = readFileSync(path.join(__dirname, '../../docs/COMPATIBILITY.md'), 'utf8');

/** The text below a heading, up to the next one. */
function section(heading: string): string {
  const [, text = ''] = PAGE.split(new RegExp(`^#+ ${heading.replace(/[/()`]/g, '\\$&')}$`, 'm'));
  return text.split(/^#/m)[0] ?? '';
}

const REFUSALS = CLIENTS.flatMap(({ name, refused = {} }) =>
  Object.entries(refused).map(([row, refusal]) => [`${name}: ${row}`, refusal] as const),
);

test('each refusal that is expected is documented where users look', () => {
  expect(REFUSALS.length).toBeGreaterThan(20);
  const missing = REFUSALS.filter(([, { documented }]) => !section(documented[0]).includes(documented[1]));
  expect(missing.map(([name]) => name)).toEqual([]);
});

test('the parameter of each refusal is refused by the table, at least at some value', () => {
  for (const [name, { by, documented }] of REFUSALS) {
    if (!documented[1].startsWith('| `') || typeof by === 'number') continue;
    const [row = ''] = section(documented[0])
      .split('\n')
      .filter((line) => line.startsWith(documented[1]));
    expect(`${name}: ${row}`).toMatch(/refused|accepted at|0 to 1|host outside/);
  }
});

test('the results in the documentation are those of a run of every client at its locked version, without a failure', () => {
  const expected = CLIENTS.map((client) =>
    resultOf(
      client,
      (['project', 'workspace'] as const).map((tenant) => ideal(client, tenant)),
    ),
  );
  expect(readResults()).toEqual(expected);
});

/** The outcome if everything is as expected. */
function ideal(client: Client, tenant: 'project' | 'workspace') {
  const isRefused = (row: string) => {
    const refusal = client.refused?.[row];
    return refusal !== undefined && (refusal.only ?? tenant) === tenant;
  };
  const rows = [...client.passes, ...Object.keys(client.refused ?? {})];
  return { passed: rows.filter((row) => !isRefused(row)), refused: rows.filter(isRefused), failed: [] };
}

test('every script has a client, and no operation is listed twice', () => {
  const scripts = ['node', 'python'].flatMap((folder) => readdirSync(path.join(__dirname, folder)));
  const known = [...CLIENTS.map(({ script }) => script), 'rows.mjs', 'rows.py'];
  expect(scripts.filter((file) => /\.(mjs|py)$/.test(file)).sort()).toEqual([...new Set(known)].sort());
  for (const { passes, refused = {} } of CLIENTS) {
    const rows = [...passes, ...Object.keys(refused)];
    expect(rows).toEqual([...new Set(rows)]);
  }
});

const CLIENT: Client = {
  name: 'a client',
  script: 'a.mjs',
  version: { requestsOf: '1' },
  passes: ['chat'],
  refused: { n: refused(CHAT, 'n'), stored: refused(CHAT, 'store', 'project') },
};
const ok = (row: string) => ({ row, ok: true });
const no = (row: string, param: string, message = '') => ({ row, ok: false, status: 400, param, message });

test.each([
  ['what is expected', 'project', [ok('chat'), no('n', 'n'), no('stored', 'store')], []],
  ['what only the other tenant is refused', 'workspace', [ok('chat'), no('n', 'n'), ok('stored')], []],
  ['a parameter in the message only', 'workspace', [ok('chat'), no('n', '', "'n' may only be 1"), ok('stored')], []],
  ['a refusal of another parameter', 'workspace', [ok('chat'), no('n', 'model'), ok('stored')], ['n: a refusal by']],
  ['a refused operation that succeeds', 'workspace', [ok('chat'), ok('n'), ok('stored')], ['n: succeeded']],
  ['an operation that fails', 'workspace', [no('chat', 'x'), no('n', 'n'), ok('stored')], ['chat: failed']],
  ['a missing operation', 'workspace', [no('n', 'n'), ok('stored')], ['chat: not reported']],
  [
    'an unknown operation',
    'workspace',
    [ok('chat'), no('n', 'n'), ok('stored'), ok('x')],
    ['x: it is not in the list'],
  ],
] as const)('%s is compared', (_, tenant, reported, failed) => {
  expect(compare(CLIENT, tenant, reported).failed).toEqual(failed.map((text) => expect.stringContaining(text)));
});
