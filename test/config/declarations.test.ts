import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { readConfig } from '@/lib/config/load';
import { readDeclarations } from '@/lib/config/load-declarations';
import { ResidencyDeclarations } from '@/lib/config/residency-declarations';
import { SCHEMAS } from '@/scripts/schema';
import { edited, linesFrom } from './support';

const VALID = `exceptions:
  - rule: edge-type
    stack: Website
    logicalId: Assets
    type: AWS::CloudFront::Distribution
    property: /Properties/**
    value: edge
    reason: public images
    approver: dpo@example.eu
    expires: 2027-06-30
  - rule: stack-region
    file: 'templates/*.yaml'
    types: [AWS::CertificateManager::Certificate]
    reason: a certificate holds no personal data
    approver: dpo@example.eu
    expires: 2027-06-30
places:
  - { host: '*.example.de', country: DE, reason: our data centre }
  - { bucket: 'logs-*', country: FR, reason: made by hand }
  - { type: 'Datadog::*', country: IE, reason: contract }
boundaries:
  - { stack: 'Germany-*', boundary: [DE] }
  - { stack: Rest, boundary: eea }
`;
const lines = (text: string) => linesFrom(() => readDeclarations(text, 'x.yaml'));

test('a file without mistakes becomes plain data', () => {
  const declarations = readDeclarations(VALID, 'x.yaml');
  expect(lines(VALID)).toEqual([]);
  expect(declarations).toEqual(JSON.parse(JSON.stringify(declarations)));
  expect(declarations.exceptions).toHaveLength(2);
  expect(declarations.exceptions[1]?.declaredAt).toEqual({ file: 'x.yaml', line: 11 });
  expect(declarations.places[1]).toEqual({ bucket: 'logs-*', country: 'FR', reason: 'made by hand' });
  expect(declarations.boundaries).toEqual([
    { stack: 'Germany-*', boundary: 'DE' },
    { stack: 'Rest', boundary: 'eea' },
  ]);
});

test('residency.yaml may contain declarations without a deployment', () => {
  const { declarations, deployment } = readConfig(`boundary: eu\n${VALID}`, 'x.yaml');
  expect(deployment).toBeUndefined();
  expect(declarations.exceptions[1]?.declaredAt?.line).toBe(12);
  expect({ ...declarations, exceptions: [] }).toEqual({ ...readDeclarations(VALID, 'x.yaml'), exceptions: [] });
});

// biome-ignore format: one row a line
test.each<[string, [from: string, to: string], string]>([
  ['a typo in a key', ['exceptions:', 'exeptions:'], "1:1: exeptions: isn't a known key; allowed: exceptions, places, boundaries; did you mean 'exceptions'?"],
  ['a typo in a rule', ['rule: edge-type', 'rule: edge-typ'], "2:11: exceptions[0].rule: found 'edge-typ', which isn't a rule; 'eu-residency explain' lists all rules; did you mean 'edge-type'?"],
  ['a rule of the guard itself', ['rule: edge-type', 'rule: guard-failed'], "2:11: exceptions[0].rule: found 'guard-failed', which concerns the guard itself and permits no exception"],
  ['no stack and no file', ['    stack: Website\n', ''], "2:5: exceptions[0]: has neither 'stack' nor 'file'; an exception needs one of them"],
  ['a day that there is not', ['expires: 2027-06-30', 'expires: 2027-06-31'], "10:14: exceptions[0].expires: found '2027-06-31'; allowed: a day such as 2027-06-30"],
  ['a day in words', ['expires: 2027-06-30', 'expires: next year'], "10:14: exceptions[0].expires: found 'next year'; allowed: a day such as 2027-06-30"],
  ['a pointer without slash', ['property: /Properties/**', 'property: Properties.A'], "6:15: exceptions[0].property: found 'Properties.A'; allowed: a JSON pointer such as /Properties/Replicas/*/Region"],
  ['a stack outside without list', ['    types: [AWS::CertificateManager::Certificate]\n', ''], "11:5: exceptions[1].types: is missing; an exception for a whole stack lists all types that it may contain, such as [AWS::CertificateManager::Certificate]"],
  ['a list with another rule', ['rule: stack-region', 'rule: edge-type'], "13:5: exceptions[1].types: belongs to the rule 'stack-region', but is used with 'edge-type'; name one type with 'type'"],
  ['a custom type in a list', ['types: [AWS::CertificateManager::Certificate]', 'types: [Custom::X]'], "13:13: exceptions[1].types[0]: found 'Custom::X'; a type alone never permits a custom resource, write an exception for its 'logicalId'"],
  ['a custom type without logical id', ['    logicalId: Assets\n    type: AWS::CloudFront::Distribution', '    type: Custom::X'], "4:11: exceptions[0].type: found 'Custom::X'; a type alone never permits a custom resource, name its 'logicalId' and its 'stack' or 'file'"],
  ['a custom type in any stack', ['stack: Website\n    logicalId: Assets\n    type: AWS::CloudFront::Distribution', "stack: '**'\n    logicalId: Assets\n    type: Custom::X"], "5:11: exceptions[0].type: found 'Custom::X'; a type alone never permits a custom resource, name its 'logicalId' and its 'stack' or 'file'"],
  ['two kinds of place', ["host: '*.example.de'", "host: a.example.de, bucket: b"], "18:5: places[0]: found 'host' and 'bucket'; allowed: exactly one of 'host', 'bucket' and 'type'"],
  ['no kind of place', ["host: '*.example.de', ", ''], "18:5: places[0]: found none; allowed: exactly one of 'host', 'bucket' and 'type'"],
  ['a country in words', ['country: DE', 'country: Germany'], "18:38: places[0].country: found 'Germany'; allowed: a country's two-letter code in upper case, such as DE"],
  ['a country that there is not', ['country: DE', 'country: EL'], "18:38: places[0].country: found 'EL', which isn't a country code; did you mean 'GR'?"],
  ['a place without reason', [', reason: our data centre', ''], "18:5: places[0].reason: is missing; allowed: the source of this information, in one line of at most 1000 characters"],
  ['a host with scheme', ["host: '*.example.de'", "host: 'https://a.example.de'"], "18:13: places[0].host: found 'https://a.example.de'; allowed: a bare host name such as api.example.de, without scheme, port or path"],
  ['hosts of anybody', ["host: '*.example.de'", "host: '*.de'"], "18:13: places[0].host: found '*.de', which matches hosts of any owner; end it with a domain of a single owner, such as '*.example.de'"],
  ['all hosts', ["host: '*.example.de'", "host: '**'"], "18:13: places[0].host: found '**', which matches hosts of any owner; end it with a domain of a single owner, such as '*.example.de'"],
  ['a host of AWS', ["host: '*.example.de'", "host: s3.us-east-1.amazonaws.com"], "18:13: places[0].host: found 's3.us-east-1.amazonaws.com', an AWS host, whose place follows from its Region; remove the row"],
  ['all buckets', ["bucket: 'logs-*'", "bucket: '*'"], "19:15: places[1].bucket: found '*', which matches buckets of any owner; begin it with your own prefix"],
  ['all types of a service of AWS', ["type: 'Datadog::*'", "type: 'AWS::S3::*'"], "20:13: places[2].type: found 'AWS::S3::*'; name an AWS type in full, such as AWS::Events::ApiDestination"],
  ['a custom type', ["type: 'Datadog::*'", "type: 'Custom::*'"], "20:13: places[2].type: found 'Custom::*'; a type alone never permits a custom resource, write an exception"],
  ['a boundary in lower case', ['boundary: [DE]', 'boundary: [de]'], "22:38: boundaries[0].boundary[0]: found 'de'; codes are upper case; did you mean 'DE'?"],
  ['no boundary', [', boundary: [DE]', ''], "22:5: boundaries[0].boundary: is missing; allowed: eu, eea, a list of countries such as '[DE, FR]', or a list of Regions such as '[eu-central-1]'"],
])('%s is refused', (_, [from, to], line) => {
  expect(lines(edited(from, to, VALID))).toEqual([`x.yaml:${line}`]);
});

test.each(['contoso.openai.azure.com', 'CONTOSO.openai.azure.com', '*.openai.azure.com', 'api.groq.com'])(
  'the place of %s cannot be declared, because the provider decides where each request is processed',
  (host) => {
    const [line] = lines(edited("host: '*.example.de'", `host: '${host}'`, VALID));
    expect(line).toContain(`found '${host}', but the facts know where `);
  },
);

test('a host in the facts needs an exception, not a place', () => {
  const [line] = lines(edited("host: '*.example.de'", 'host: api.openai.com', VALID));
  expect(line).toMatch(
    /^x\.yaml:18:13: places\[0\]\.host: found 'api\.openai\.com', but the facts know where 'api\.openai\.com' \(.+\) processes: .+; to allow it anyway, add an exception$/,
  );
});

test('residency.yaml reports the same mistakes', () => {
  const text = `boundary: eu\n${edited('rule: edge-type', 'rule: edge-typ', VALID)}`;
  expect(linesFrom(() => readConfig(text, 'x.yaml'))).toEqual([
    "x.yaml:3:11: exceptions[0].rule: found 'edge-typ', which isn't a rule; 'eu-residency explain' lists all rules; did you mean 'edge-type'?",
  ]);
});

test.each(['reason: public images', 'approver: dpo@example.eu', 'expires: 2027-06-30'])(
  "an exception without '%s' is accepted, so that the guard can report it",
  (answer) => {
    const key = answer.split(':')[0] as 'reason' | 'approver' | 'expires';
    for (const nothing of ['', `${key}: ''`, `${key}: '  '`, `${key}:`]) {
      const text = edited(answer, nothing, VALID);
      expect(lines(text)).toEqual([]);
      expect(readDeclarations(text, 'x.yaml').exceptions[0]?.[key].trim()).toBe('');
    }
  },
);

test.each([
  ['nothing', '', 'x.yaml:1:1: found nothing; allowed: a mapping with any of'],
  ['a list', '- a', 'x.yaml:1:1: found a list; allowed: a mapping with any of'],
  ['no YAML', 'a: [', 'x.yaml:'],
])('a file with %s is refused', (_, text, start) => {
  expect(lines(text)[0]?.startsWith(start)).toBe(true);
});

test('the public class reads the file and reports its mistakes', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'residency-'));
  const file = path.join(folder, 'residency-exceptions.yaml');
  writeFileSync(file, VALID);
  expect(ResidencyDeclarations.fromFile(file)._data.places).toHaveLength(3);
  expect(ResidencyDeclarations.none()._data.exceptions).toEqual([]);
  expect(linesFrom(() => ResidencyDeclarations.fromFile(path.join(folder, 'none.yaml')))).toHaveLength(1);
  rmSync(folder, { recursive: true });
});

test('the schema accepts the file, and refuses what the loader refuses', () => {
  const validate = new Ajv2020({ allErrors: true }).compile(SCHEMAS['residency-exceptions.schema.json']?.() ?? {});
  expect(validate(parse(VALID))).toBe(true);
  for (const text of [edited('    reason: public images\n', '', VALID), edited('exceptions:', 'exeptions:', VALID)]) {
    expect(validate(parse(text))).toBe(false);
  }
});
