import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { parse } from 'yaml';
import { checkShape } from '@/lib/config/read/shape';
import { configKeys } from '@/scripts/pages/config-keys';
import { configPage } from '@/scripts/pages/config-page';
import { residencyJsonSchema, SCHEMAS, schemaText } from '@/scripts/schema';
import { edited, VALID } from './support';

const read = (file: string) => readFileSync(path.join(__dirname, '../..', file), 'utf8');
const ajv = new Ajv2020({ allErrors: true, formats: { email: true } });
const validate = ajv.compile(JSON.parse(read('residency.schema.json')));

test.each(Object.keys(SCHEMAS))('%s is current', (file) => {
  expect(read(file)).toBe(schemaText(file));
});

test('docs/CONFIG.md is current', () => {
  expect(read(configPage.file)).toBe(configPage.render());
});

test('every key has a description and allowed values', () => {
  const keys = configKeys(residencyJsonSchema());
  expect(keys.length).toBeGreaterThan(30);
  expect(keys.filter(({ description, allowed }) => description === '' || allowed === '')).toEqual([]);
});

test('the schema says which keys this version refuses', () => {
  const { description } = configKeys(residencyJsonSchema()).find(({ path }) => path.endsWith('.server')) ?? {};
  expect(description).toMatch(
    / Refused in this version unless its addresses are listed: a deployed gateway may connect only to addresses that are listed.*\.$/,
  );
});

test.each([
  ['the sample', read('residency.yaml')],
  ['a boundary alone', 'boundary: [DE, FR]'],
  ['a small file', VALID],
  ['a reason for no recipients', edited('alerts: [security@example.eu]', 'alerts: { none: a rehearsal }')],
  ['keys of later versions', edited('edition: edu', 'edition: edu\n    identity: { shared: campus }')],
])('the schema accepts %s', (_, text) => {
  validate(parse(text));
  expect(validate.errors).toBeNull();
});

test.each([
  ['a typo in a key', edited('name:', 'nam:')],
  ['London in a boundary', 'boundary: [eu-west-2]'],
  ['a file without a boundary', '{}'],
  ['workspaces without a Region', edited('regions: { primary: eu-central-1 }\n', '')],
  ['workspaces without alerts', edited('alerts: [security@example.eu]\n', '')],
  ['alerts without recipients', edited('[security@example.eu]', '[]')],
  ['two identities', edited('edition: edu', 'edition: edu\n    identity: { shared: a, saml: b }')],
  ['a retention in years', edited('365d', '1y')],
  ['a model without destinations', 'boundary: eu\nmodels: [{ id: a, destinations: [] }]'],
])('the schema refuses %s', (_, text) => {
  expect(validate(parse(text))).toBe(false);
});

test('the schema and the loader accept the same retention periods', () => {
  const shape = (retention: string) => {
    const value = { ...parse(VALID), projects: [] };
    value.workspaces[0].retention = retention;
    return [validate(value), checkShape(value).problems.length === 0];
  };
  fc.assert(
    fc.property(
      fc.oneof(
        fc.nat(5000).map((days) => `${days}d`),
        fc.string(),
      ),
      (text) => {
        const [bySchema, byLoader] = shape(text);
        expect(bySchema).toBe(byLoader);
      },
    ),
  );
  expect([shape('3650d'), shape('3651d'), shape('1d'), shape('0d')]).toEqual([
    [true, true],
    [false, false],
    [true, true],
    [false, false],
  ]);
});
