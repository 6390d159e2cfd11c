import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

const FOLDER = path.join(__dirname, '../../docs/advisories');
const files = readdirSync(FOLDER);
const read = (name: string) => readFileSync(path.join(FOLDER, name), 'utf8');

/**
 * The schema of OSV, of the repository ossf/osv-schema at commit 51b8156b69b9e2e9ff2301e649db61636067fcfa, under Apache-2.0. Nothing publishes it
 * as a package.
 */
const osv = JSON.parse(readFileSync(path.join(__dirname, 'osv.schema.json'), 'utf8'));
const isOsv = addFormats(new Ajv2020({ strict: false, allErrors: true })).compile(osv);

test('there is an advisory as OSV and one as VEX', () => {
  expect(files.filter((name) => name.endsWith('.osv.json')).length).toBeGreaterThan(0);
  expect(files.filter((name) => name.endsWith('.vex.cdx.json')).length).toBeGreaterThan(0);
});

test('each file is validated as one of the two', () => {
  expect(files.filter((name) => !/\.(?:osv|vex\.cdx)\.json$/.test(name))).toEqual([]);
});

test.each(files.filter((name) => name.endsWith('.osv.json')))('%s is valid OSV about this package', (name) => {
  const advisory = JSON.parse(read(name));
  isOsv(advisory);
  expect(isOsv.errors).toBeNull();
  expect(advisory.affected).toEqual([
    expect.objectContaining({ package: expect.objectContaining({ name: 'cdk-eu-residency', ecosystem: 'npm' }) }),
  ]);
});

test.each(files.filter((name) => name.endsWith('.vex.cdx.json')))(
  '%s is valid VEX about a version of this package',
  async (name) => {
    expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(read(name))).toBeNull();
    const { metadata, vulnerabilities } = JSON.parse(read(name));
    const { name: subject, version } = metadata.component;
    expect(subject).toBe('cdk-eu-residency');
    for (const { affects, analysis } of vulnerabilities) {
      expect(affects).toEqual([{ ref: `pkg:npm/cdk-eu-residency@${version}` }]);
      expect(analysis.state).toMatch(/^(?:not_affected|exploitable|resolved|in_triage|false_positive)$/);
    }
  },
);
