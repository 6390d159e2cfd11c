import { RULES } from './support/code';
import { type NamesInCode, namesInCode } from './support/names-in-code';
import { readJson } from './support/release';

type Names = Readonly<Record<string, readonly string[]>>;

interface Table {
  readonly attributes: readonly string[];
  readonly partitions: readonly string[];
  readonly sorts: readonly string[];
}

const NAMES = readJson<Names>('names.json');
const { environment, tables } = readJson<{
  readonly environment: Names;
  readonly tables: Readonly<Record<string, Table>>;
}>('names.json');

let code: NamesInCode;
beforeAll(() => {
  code = namesInCode();
});

const missing = (names: readonly string[] = []) => names.filter((name) => !code.literals.has(name));
/** A prefix may be a text of its own, what another one begins with, or made of a text and its sign. */
const missingPrefixes = (prefixes: readonly string[]) =>
  prefixes.filter(
    (prefix) =>
      ![prefix, prefix.replace(/#$/, '')].some((text) => code.literals.has(text)) &&
      ![...code.beginnings].some((text) => text.startsWith(prefix)),
  );

test.each([
  'refusalReasons',
  'errorCodes',
  'errorTypes',
  'modelRefusals',
  'retentions',
  'outcomes',
  'routes',
  'acts',
  'memberRoles',
  'recordKinds',
  'findingKinds',
  'actors',
  'jobKinds',
  'jobStates',
  'upkeepFunctions',
  'logEvents',
  'metrics',
  'metricNamespaces',
  'tags',
  'metadata',
  'customResources',
])('no name of 0.1.0 is missing in today’s code: %s', (list) => {
  expect(NAMES[list]?.length).toBeGreaterThan(0);
  // Other namespaces are AWS's own, and aren't written down here.
  expect(missing(NAMES[list]).filter((name) => !name.startsWith('AWS/'))).toEqual([]);
});

test('a rule of 0.1.0 has its id', () => {
  expect(RULES.map(({ id }) => id)).toEqual(expect.arrayContaining([...(NAMES.rules ?? [])]));
});

test.each(Object.entries(environment))('the bundle %s is given each of its variables', (_, variables) => {
  expect(missing(variables.map((name) => name.replace(/^RECOVERY_/, '')))).toEqual([]);
});

test.each(Object.entries(tables))('rows of the table %s have the attributes and the keys that they had', (_, table) => {
  const { attributes, partitions, sorts } = table;
  // The AWS Encryption SDK names its own attributes.
  const own = attributes.filter((name) => !/^(aws-crypto-ec:|enc$|hierarchy-version$|beacon)/.test(name));
  expect(missing(own)).toEqual([]);
  expect(missingPrefixes([...partitions, ...sorts].filter((prefix) => !/^(branch|beacon):/.test(prefix)))).toEqual([]);
});

test('objects are where they were, under the tag that they had', () => {
  expect(missingPrefixes(NAMES.objectPrefixes ?? [])).toEqual([]);
  const tags = (NAMES.objectTags ?? []).filter((tag) => tag !== '').map((tag) => tag.split('='));
  expect(missing(tags.flat())).toEqual([]);
});

test('each header has its name', () => {
  const [limits, others] = [true, false].map((of) =>
    (NAMES.headers ?? []).filter((name) => name.startsWith('x-ratelimit-') === of),
  );
  expect(missing(others)).toEqual([]);
  expect(limits).toHaveLength(6);
  expect(missingPrefixes(['x-ratelimit-limit-', 'x-ratelimit-remaining-', 'x-ratelimit-reset-'])).toEqual([]);
});
