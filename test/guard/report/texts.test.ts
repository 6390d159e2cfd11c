import { COLOURED, PLAIN } from '@/lib/guard/report/paint';
import { hanging, wrap } from '@/lib/guard/report/wrap';
import { visible, visibleJson } from '@/lib/html/visible';

test('each style is the sequence of a terminal, and none without colour', () => {
  const styled = (paint: typeof PLAIN) =>
    (['bold', 'grave', 'warning', 'dim'] as const).map((style) => visible(paint[style]('a')));
  expect(styled(COLOURED)).toEqual([
    '\\u001b[1ma\\u001b[22m',
    '\\u001b[1m\\u001b[31ma\\u001b[39m\\u001b[22m',
    '\\u001b[33ma\\u001b[39m',
    '\\u001b[2ma\\u001b[22m',
  ]);
  expect(styled(PLAIN)).toEqual(['a', 'a', 'a', 'a']);
});

test.each([
  ['plain ~', 'plain ~'],
  ['größer 大 😀', 'größer 大 😀'],
  ['a\nb\tc', 'a\\u000ab\\u0009c'],
  ['\u200b\u2028\u2029\u0085', '\\u200b\\u2028\\u2029\\u0085'],
  ['\u{e0001}', '\\udb40\\udc01'],
  ['\ud800', '\\ud800'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('the line breaks of JSON stay', () => {
  expect(visibleJson('{\n"a": "ö\u200b\u0085"}')).toBe('{\n"a": "ö\\u200b\\u0085"}');
});

test.each<[string, string, number, string[]]>([
  ['one that fits', 'a bc def', 8, ['a bc def']],
  ['one that is a letter too long', 'a bc def', 7, ['a bc', 'def']],
  ['words as long as a line', 'abc def', 3, ['abc', 'def']],
  ['a long word', 'see arn:aws:s3:::bucket', 8, ['see arn:', 'aws:s3::', ':bucket']],
  ['a word without punctuation', 'a bbbbbbbb c', 3, ['a', 'bbbbbbbb', 'c']],
  ['a short word with punctuation', 'a b-c', 4, ['a', 'b-c']],
  ['nothing', '', 5, ['']],
])('a text is broken at spaces, and a word only where it must be: %s', (_, text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});

test('a text hangs below its start, in at least 20 columns', () => {
  expect(hanging('why: ', 'aaaaaaaaa bbbbbbbbb ccc', 25)).toEqual(['why: aaaaaaaaa bbbbbbbbb', '     ccc']);
  expect(hanging('why: ', 'aaaaaaaaa bbbbbbbbb ccc', 3)).toEqual(['why: aaaaaaaaa bbbbbbbbb', '     ccc']);
  expect(hanging('fix', 'a', 40, 6)).toEqual(['fix   a']);
});
