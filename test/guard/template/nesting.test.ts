import { parseDocument, type YAMLParseError } from 'yaml';
import { boundedDocument, isDeeperThan, jsonIn, MOST_LEVELS, TooDeep, yamlIn } from '@/lib/guard/template/nesting';
import { parseTemplate } from '@/lib/guard/template/parse';

/** Texts with so many levels of maps and lists. */
const FORMS: Readonly<Record<string, (levels: number) => string>> = {
  'lists in brackets': (levels) => `${'['.repeat(levels)}a${']'.repeat(levels)}`,
  'lists without an end': (levels) => '['.repeat(levels),
  'maps in braces': (levels) => `${'{a: '.repeat(levels)}1${'}'.repeat(levels)}`,
  'indented maps': (levels) =>
    `${Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n')} 1\n`,
  'lists of dashes': (levels) => `${'- '.repeat(levels)}a\n`,
  'explicit keys': (levels) => `${'? '.repeat(levels)}a\n`,
  'tagged lists': (levels) => `${'!Sub ['.repeat(levels)}a${']'.repeat(levels)}`,
  'JSON with a mistake': (levels) => `${'{"a":'.repeat(levels)}1,${'}'.repeat(levels)}`,
};

describe.each(Object.entries(FORMS))('%s', (_, form) => {
  test(`are read to ${MOST_LEVELS} levels`, () => {
    const text = form(MOST_LEVELS);
    expect(() => boundedDocument(text, MOST_LEVELS, { logLevel: 'silent' })).not.toThrow();
    expect(yamlIn(text, 'silent')).not.toBeInstanceOf(TooDeep);
  });

  test.each([MOST_LEVELS + 2, 2_000, 50_000])('%d levels are refused with their place', (levels) => {
    // Indented, 50,000 levels are a gigabyte.
    const text = form(form(2).includes(':\n') ? Math.min(levels, 2_000) : levels);
    expect(() => parseTemplate(text)).toThrow(
      /^nested more than 200 levels deep at line \d+, column \d+; make it flatter$/,
    );
    expect(yamlIn(text, 'error')).toBeInstanceOf(TooDeep);
  });
});

test('levels are counted exactly', () => {
  const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
  expect([199, 200, 201, 100_000].map((levels) => isDeeperThan(nested(levels), MOST_LEVELS))).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect([0, 1].map((most) => isDeeperThan({}, most))).toEqual([true, false]);
  expect([null, 'a', 1, undefined].map((value) => isDeeperThan(value, 0))).toEqual([false, false, false, false]);
});

test('an alias can nest a document deeper than its text', () => {
  expect(() => parseTemplate('a: &a [*a]\nResources: {}')).toThrow('nested more than 200 levels deep; make it flatter');
  expect(yamlIn('&a [*a]', 'error')).toBeInstanceOf(TooDeep);
});

test('JSON in a text is read, refused as too deep, or no JSON', () => {
  const text = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  expect(jsonIn('{"a":[1]}')).toEqual({ a: [1] });
  expect(jsonIn(text(MOST_LEVELS))).toEqual({ a: expect.anything() });
  expect(jsonIn(text(MOST_LEVELS + 1))).toBeInstanceOf(TooDeep);
  expect(jsonIn(text(100_000))).toBeInstanceOf(TooDeep);
  expect(jsonIn('{"a":')).toBeUndefined();
});

test('a YAML text with a mistake has a document only if mistakes are ignored', () => {
  expect(yamlIn('a: 1\nb: [2\n', 'error')).toBeUndefined();
  expect(yamlIn('a: 1\nb: [2\n', 'silent')).toEqual({ a: 1, b: [2] });
});

test.each(['a: 1', '', 'a: [', 'a: 1\n---\nb: 2\n---\n', '- a\n b', '%YAML 1.1\n---\na: 1', 'a: *b', '\tb: 1'])(
  'the document of %j is that of the library, with the same mistakes',
  (text) => {
    const options = { prettyErrors: false, logLevel: 'error' as const };
    const [own, its] = [boundedDocument(text, MOST_LEVELS, options), parseDocument(text, options)];
    const mistakes = ({ errors }: { errors: readonly YAMLParseError[] }) =>
      errors.map(({ code, pos }) => ({ code, pos }));
    expect(mistakes(own)).toEqual(mistakes(its));
    expect(own.contents?.range).toEqual(its.contents?.range);
  },
);
