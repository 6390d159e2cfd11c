import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { folder } from '@/test/cli/support';

const MEGABYTE = 1024 * 1024;

/** What standard input returns, call by call: a text, the code of an error, or nothing at its end. */
let input: (Buffer | string | undefined)[] = [];

jest.mock('node:fs', () => ({
  ...jest.requireActual('node:fs'),
  readSync: (_: number, piece: Buffer) => {
    const next = input.shift();
    if (typeof next === 'string') throw Object.assign(new Error(next), { code: next });
    return next === undefined ? 0 : next.copy(piece);
  },
}));

const { readText } = jest.requireActual<typeof import('@/lib/guard/assembly/read-text')>(
  '@/lib/guard/assembly/read-text',
);
const read = (...pieces: (Buffer | string | undefined)[]) => {
  input = pieces;
  return readText('-');
};

test.each<[string, (Buffer | string | undefined)[]]>([
  ['in pieces', [Buffer.from('Resources'), Buffer.from(': {}')]],
  ['that is not there yet', ['EAGAIN', Buffer.from('Resources'), 'EAGAIN', Buffer.from(': {}')]],
  ['that ends with an error, as on Windows', [Buffer.from('Resources: {}'), 'EOF', Buffer.from('more')]],
])('standard input %s is read to its end', (_, pieces) => {
  expect(read(...pieces)).toBe('Resources: {}');
});

test('standard input that cannot be read, or is empty, is an error', () => {
  expect(() => read(Buffer.from('a'), 'EIO')).toThrow('EIO');
  expect(() => read()).toThrow('it is empty');
});

test('standard input is read up to the limit of a file, and a longer one is refused', () => {
  const pieces = (bytes: number) => Array.from({ length: bytes / 65_536 }, () => Buffer.alloc(65_536, 'a'));
  expect(read(...pieces(32 * MEGABYTE))).toHaveLength(32 * MEGABYTE);
  expect(() => read(...pieces(33 * MEGABYTE))).toThrow(/^it has 32 MB, and CloudFormation accepts at most 1 MB/);
  expect(input).not.toEqual([]);
});

test('a file is read up to the limit', () => {
  const file = path.join(folder(), 'a.yaml');
  writeFileSync(file, Buffer.alloc(32 * MEGABYTE, 'a'));
  expect(readText(file)).toHaveLength(32 * MEGABYTE);
  writeFileSync(file, Buffer.alloc(32 * MEGABYTE + 1, 'a'));
  expect(() => readText(file)).toThrow(/^it has 32 MB/);
});
