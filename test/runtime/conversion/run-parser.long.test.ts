import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PARSER_FILE, runParser } from '@/lib/runtime/conversion/run-parser';
import { docx, paragraph } from './support/documents';

jest.setTimeout(60_000);

const ROOT = path.join(__dirname, '../../..');
const file = path.join(ROOT, 'dist/bundles/conversion', PARSER_FILE);

const folder = mkdtempSync(path.join(tmpdir(), 'parser-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program in place of the parser. */
async function ran(program: string, options: { timeMs?: number; signal?: AbortSignal } = {}) {
  const other = path.join(folder, 'other.cjs');
  writeFileSync(other, program);
  return runParser(Buffer.from('content'), { file: other, ...options });
}

const output = (value: unknown) => `process.stdout.write(${JSON.stringify(JSON.stringify(value))})`;

test('the parser reads a file from its input and outputs its text', async () => {
  expect(await runParser(docx(paragraph('Grüße')), { file })).toEqual({ kind: 'docx', text: 'Grüße\n', lost: {} });
});

test('the process of the parser has no permission, no environment and no program to start', async () => {
  process.env.AWS_SECRET_ACCESS_KEY = 'canary';
  const program = `
    const tried = {};
    const attempt = (name, act) => { try { act(); tried[name] = 'done'; } catch (error) { tried[name] = error.code; } };
    const fs = require('node:fs');
    attempt('read', () => fs.readFileSync('/etc/passwd'));
    attempt('list', () => fs.readdirSync('/'));
    attempt('processes', () => fs.readFileSync('/proc/self/environ'));
    attempt('write', () => fs.writeFileSync(${JSON.stringify(path.join(folder, 'written'))}, 'x'));
    attempt('temporary', () => fs.mkdtempSync('/tmp/x'));
    attempt('program', () => require('node:child_process').spawnSync('id'));
    attempt('thread', () => new (require('node:worker_threads').Worker)('1', { eval: true }));
    attempt('module', () => require(${JSON.stringify(path.join(ROOT, 'package.json'))}));
    tried.environment = Object.keys(process.env).length;
    process.stdout.write(JSON.stringify({ kind: 'csv', text: JSON.stringify(tried), lost: {} }));`;
  const parsed = await ran(program);
  delete process.env.AWS_SECRET_ACCESS_KEY;
  if ('failure' in parsed) throw new Error(parsed.failure);
  expect(JSON.parse(parsed.text)).toEqual({
    read: 'ERR_ACCESS_DENIED',
    list: 'ERR_ACCESS_DENIED',
    processes: 'ERR_ACCESS_DENIED',
    write: 'ERR_ACCESS_DENIED',
    temporary: 'ERR_ACCESS_DENIED',
    program: 'ERR_ACCESS_DENIED',
    thread: 'ERR_ACCESS_DENIED',
    module: 'ERR_ACCESS_DENIED',
    environment: 0,
  });
});

test('the bundle of the parser has no module that reaches a network or starts a program', () => {
  const { outputs } = JSON.parse(readFileSync(path.join(ROOT, 'dist/meta/conversion-parser.json'), 'utf8')) as {
    outputs: Record<string, { imports: { path: string }[] }>;
  };
  const used = Object.values(outputs).flatMap(({ imports }) =>
    imports.map(({ path: name }) => name.replace(/^node:/, '')),
  );
  expect([...new Set(used)].sort()).toEqual(['events', 'fs', 'path', 'stream', 'util', 'zlib']);
  expect(readFileSync(file, 'utf8')).not.toMatch(/\bfetch\(|WebSocket|EventSource|process\.binding|\bimport\(/);
});

test.each([
  ['more memory than it may have', 'const a = []; for (;;) a.push({ a });', 'crashed'],
  ['an error', "throw new Error('x')", 'crashed'],
  ['no output', '', 'crashed'],
  ['output that is no JSON', "process.stdout.write('{')", 'crashed'],
  ['an unknown kind', output({ kind: 'exe', text: '', lost: {} }), 'crashed'],
  ['an unknown failure', output({ failure: 'because' }), 'crashed'],
  ['an unknown loss', output({ kind: 'csv', text: '', lost: { secrets: 1 } }), 'crashed'],
  ['a loss that is no number', output({ kind: 'csv', text: '', lost: { images: 'x' } }), 'crashed'],
  ['a text that is none', output({ kind: 'csv', text: { length: 1 }, lost: {} }), 'crashed'],
  [
    'a text above the largest size',
    "process.stdout.write(JSON.stringify({ kind: 'csv', text: 'x'.repeat(4_000_001), lost: {} }))",
    'crashed',
  ],
  [
    'output without an end',
    "const piece = 'x'.repeat(65536); const more = () => process.stdout.write(piece, more); more();",
    'too-large',
  ],
])('a process that ends with %s', async (_, program, failure) => {
  expect(await ran(program)).toEqual({ failure });
});

test('a process that takes too long is ended', async () => {
  expect(await ran('for (;;);', { timeMs: 500 })).toEqual({ failure: 'too-slow' });
});

test('a process that is stopped has no outcome', async () => {
  const stopping = new AbortController();
  const running = ran('for (;;);', { signal: stopping.signal });
  setTimeout(() => stopping.abort(), 200);
  await expect(running).rejects.toThrow(/abort/);
});
