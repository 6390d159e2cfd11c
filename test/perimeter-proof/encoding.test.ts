import { textClasses } from './encoding/classes';
import { exactly, ignoringCase, like, likeArn, matches, type Pattern } from './encoding/pattern';
import { textsOf } from './encoding/texts';

/** Every text of some characters up to a length. */
function textsUpTo(characters: string, length: number): string[] {
  let layer = [''];
  const texts = [...layer];
  for (let size = 0; size < length; size += 1) {
    layer = layer.flatMap((text) => [...characters].map((character) => text + character));
    texts.push(...layer);
  }
  return texts;
}

/** A pattern as a regular expression: another way to the same answer. */
const expression = (text: string) => new RegExp(`^${text.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);

const signature = (patterns: readonly Pattern[], text: string) => patterns.map((pattern) => matches(pattern, text));

const PATTERNS = ['*', '?', 'a*', '*a', 'a*b', '*ab*', 'a?b', '**a', '?*', 'ab', 'a*a*b', '*b?', ''];

test.each(PATTERNS)('%s matches what a regular expression matches', (pattern) => {
  const wrong = textsUpTo('abc', 6).filter((text) => matches(like(pattern), text) !== expression(pattern).test(text));
  expect(wrong).toEqual([]);
});

test('wildcards of an exact pattern are plain characters', () => {
  expect(matches(exactly('a*'), 'a*')).toBe(true);
  expect(matches(exactly('a*'), 'ab')).toBe(false);
});

test('a pattern that ignores case matches both', () => {
  const listed = textClasses([ignoringCase('ab')], { domain: like('*'), fillers: 'c', preferred: [] });
  expect(listed.filter(({ matched }) => matched[0]).map(({ example }) => example.toLowerCase())).toEqual(['ab']);
  expect(['ab', 'aB', 'AB', 'abc'].map((text) => matches(ignoringCase('Ab'), text))).toEqual([true, true, true, false]);
});

test.each([
  ['arn:aws:*:eu:*:*', true],
  ['arn:aws:*:us:*:*', false],
  ['arn:aws:*:*:*:function:us:*', true],
  ['arn:*:*:*:function:us:x', false],
])('%s of an ARN in several values: its first wildcards match no colon', (pattern, isMatch) => {
  expect(matches(likeArn(pattern), 'arn:aws:lambda:eu:1:function:us:x')).toBe(isMatch);
});

test('the classes of ARNs are those that exist', () => {
  const patterns = [likeArn('arn:*:*:a:*:*'), likeArn('arn:*:*:*:*:?a'), like('*:a:*')];
  const listed = textClasses(patterns, { domain: likeArn('arn:*:*:*:*:?*'), fillers: 'c', preferred: [] });
  const existing = new Set(
    textsUpTo('a:', 4)
      .flatMap((text) => ['', 'a', 'c'].flatMap((part) => [`arn:::${part}:${text}`, `arn:::${part}::${text}`]))
      .filter((text) => /^arn(:[^:]*){4}:./.test(text))
      .map((text) => `${signature(patterns, text)}`),
  );
  expect(new Set(listed.map(({ matched }) => `${matched}`))).toEqual(existing);
});

test.each([
  ['a*', '*b', '*ab*'],
  ['a*b', 'ab*', 'a', 'b'],
  ['ab', 'a?', '?b', '*'],
  ['*a*b', '*b*a', 'aab'],
  ['a*a*b', '*ba', '?a?'],
])('the classes of %s, %s and more are those that exist', (...texts) => {
  const patterns = texts.map(like);
  const listed = textClasses(patterns, { domain: like('*'), fillers: 'c', preferred: [] });
  const existing = new Set(textsUpTo('abc', 8).map((text) => `${signature(patterns, text)}`));
  expect(new Set(listed.map(({ matched }) => `${matched}`))).toEqual(existing);
  for (const { example, matched } of listed) expect(signature(patterns, example)).toEqual(matched);
});

test('only texts of the domain have classes', () => {
  const listed = textClasses([like('s3:*')], textsOf()('action'));
  expect(listed.map(({ example }) => example.includes(':'))).toEqual([true, true]);
});

test('preferred texts are the examples of their classes', () => {
  const texts = { domain: like('?*'), fillers: 'x', preferred: ['us-east-1', 'eu-central-1'] };
  expect(textClasses([exactly('eu-central-1')], texts)).toEqual([
    { example: 'us-east-1', matched: [false] },
    { example: 'eu-central-1', matched: [true] },
  ]);
});

test('a place where every character has a meaning is refused', () => {
  expect(() => textClasses([exactly('a')], { domain: like('?*'), fillers: 'a', preferred: [] })).toThrow('add one');
});

test('a policy variable is refused', () => {
  expect(() => like('${aws:PrincipalOrgID}')).toThrow('no policy variables');
});
