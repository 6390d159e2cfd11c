/** What standard input returns, call by call: bytes, the code of an error, or nothing at its end. */
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

test('standard input that is longer than a template can be is refused before its end', () => {
  const pieces = Array<Buffer>(33 * 16).fill(Buffer.alloc(64 * 1024, 'a'));
  expect(() => read(...pieces)).toThrow(/^it has 32 MB, and CloudFormation accepts at most 1 MB/);
  expect(input).not.toEqual([]);
});

test('a plan on standard input may be longer than a template', () => {
  const rest = Array<Buffer>(33 * 16).fill(Buffer.alloc(64 * 1024, ' '));
  expect(read(Buffer.from('{"format_version": "1.2"}'), ...rest)).toHaveLength(33 * 1024 * 1024 + 25);
});
