import { linesOf } from './support';

const EMPTY = "found nothing; allowed: a mapping with at least 'boundary', such as 'boundary: eu'";
const BOMB = [
  'boundary: eu',
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => {
    const alias = `*${'abcdef'[index]}`;
    return `${name}: &${name} [${Array(9).fill(alias).join(', ')}]`;
  }),
].join('\n');

// biome-ignore format: one row a line
test.each([
  ['an empty file', '', `1:1: ${EMPTY}`],
  ['a file of comments', '# later\n', `1:1: ${EMPTY}`],
  ['a list', '- boundary: eu\n', "1:1: found a list; allowed: a mapping with at least 'boundary', such as 'boundary: eu'"],
  ['a text', 'eu\n', "1:1: found 'eu'; allowed: a mapping with at least 'boundary', such as 'boundary: eu'"],
  ['a repeated key', 'boundary: eu\nboundary: eea\n', '2:1: found this key a second time; remove one of them'],
  ['a tab as indentation', 'boundary: eu\nregions:\n\tprimary: eu-west-3\n', '3:1: found a tab before the first word; indent with spaces'],
  ['two documents', 'boundary: eu\n---\nboundary: eea\n', "2:1: found a second document after '---'; a file contains only one"],
  ['an open bracket', 'boundary: [DE,\n', "2:1: isn't valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]"],
  ['an open quote', 'boundary: "eu\n', '2:1: isn\'t valid YAML: missing closing "quote'],
  ['a nested mapping in one line', 'boundary: eu: yes\n', "1:11: isn't valid YAML: nested mappings are not allowed in compact mappings"],
  ['an alias without an anchor', 'boundary: *places\n', "1:11: found the alias '*places', but no anchor '&places' before it"],
  ['a tag', 'boundary: !region eu\n', "1:11: isn't valid YAML: unresolved tag: !region"],
  ['a key that is a list', '? [a]\n: b\n', "1:3: found a key that isn't plain text; keys are words such as models"],
  ['YAML 1.1, in which NO means false', '%YAML 1.1\n---\nboundary: [NO]\n', "1:1: found '%YAML 1.1', in which NO means false; remove that line"],
  ['more aliases than a configuration needs', BOMB, '1:1: repeats its anchors too often; write each value'],
  ['thousands of brackets', `boundary: ${'['.repeat(20_000)}`, "1:74: is nested too deeply for a configuration"],
  ['thousands of mappings', `boundary: ${'{a: '.repeat(20_000)}`, '1:260: is nested too deeply for a configuration'],
  ['thousands of dashes', '- '.repeat(20_000), '1:128: is nested too deeply for a configuration'],
])('%s is refused', (_, text, line) => {
  expect(linesOf(text)).toEqual([`residency.yaml:${line}`]);
});

test('a repeated key does not hide other mistakes, and its last value applies', () => {
  expect(linesOf('boundary: eu\nboundary: EU\n').map((line) => line.slice(0, 39))).toEqual([
    'residency.yaml:2:1: found this key a se',
    "residency.yaml:2:11: boundary: found 'E",
  ]);
});

test('an anchor that contains itself is refused', () => {
  expect(linesOf('boundary: &b [*b]\n')).toEqual([
    expect.stringContaining('1:15: boundary[0]: found a list; allowed:'),
  ]);
});

test('a mistake behind an alias is reported where it is written', () => {
  const lines = linesOf('boundary: &codes [DE, XX]\nalerts: *codes\n').filter((line) => line.includes("found 'XX'"));
  expect(lines.map((line) => line.slice(0, 34))).toEqual([
    'residency.yaml:1:23: boundary[1]: ',
    'residency.yaml:1:23: alerts[1]: fo',
  ]);
});

test('line numbers are correct in a file from Windows', () => {
  expect(linesOf('# one\r\n# two\r\nboundary: [XX]\r\n')).toEqual([expect.stringContaining('3:12: boundary[0]')]);
});

test('the same mistake at one place is reported once', () => {
  const lines = linesOf('a:\n  [[[[');
  expect(lines.length).toBeGreaterThan(0);
  expect(lines).toEqual([...new Set(lines)]);
});
