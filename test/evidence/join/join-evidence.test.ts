import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { EvidenceOptions } from '@/lib/evidence/core/context';
import type { Evidence } from '@/lib/evidence/core/evidence';
import { allRows } from '@/lib/evidence/core/row';
import { EVIDENCE_FORMATS, type EvidenceFormat } from '@/lib/evidence/formats/formats';
import { joinEvidence } from '@/lib/evidence/join/join-evidence';
import { whyNotJoinable } from '@/lib/evidence/join/not-joinable';
import { type Part, readPart } from '@/lib/evidence/join/read-part';
import type { ProviderDrillReport } from '@/lib/report/provider-drill';
import { evidenceOf, resources, stack } from '../support/app';

const SCIENCES = '111122223333';
const LAW = '222233334444';

/** The report of an account, with the mistakes that `plant` makes in its template. */
function partOf(
  deployAccount: string,
  options: Partial<EvidenceOptions> = {},
  plant: (own: ReturnType<typeof resources>) => void = () => undefined,
): Part {
  const own = resources();
  plant(own);
  const part = readPart(Buffer.from(JSON.stringify(evidenceOf([stack(own, { deployAccount })], options))));
  if (typeof part === 'string') throw new Error(part);
  return part;
}

/** A replica that leaves the boundary. */
const leak = (own: ReturnType<typeof resources>) =>
  (own.Table as unknown as { Properties: { Replicas: object[] } }).Properties.Replicas.push({ Region: 'us-east-1' });

const named = (...parts: Part[]) => parts.map((part, index) => ({ ...part, name: `report ${index + 1}` }));

describe('two accounts with the same stacks and tenants', () => {
  const parts: readonly [Part, Part] = [partOf(LAW), partOf(SCIENCES, {}, leak)];
  const joined = joinEvidence(parts);

  test('have each row of both, with an ID of its own, by account', () => {
    const rows = allRows(joined);
    const ofParts = parts.flatMap(({ evidence }) => allRows(evidence).filter(({ id }) => !id.startsWith('region:')));
    expect(rows.length).toBe(ofParts.length + joined.regions.length);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(joined.tenants.map(({ tenant, stack }) => [tenant, stack])).toEqual([
      [`${SCIENCES}/law`, `${SCIENCES}/chat`],
      [`${LAW}/law`, `${LAW}/chat`],
    ]);
    expect(joined.stores.map(({ pointer }) => pointer.stack)).toEqual([
      ...joined.stores.filter(({ id }) => id.startsWith(SCIENCES)).map(() => `${SCIENCES}/chat`),
      ...joined.stores.filter(({ id }) => id.startsWith(LAW)).map(() => `${LAW}/chat`),
    ]);
  });

  test('have one row for each Region, which states the gravest', () => {
    expect(joined.regions.map(({ id }) => id)).toEqual([
      ...new Set(joined.regions.map(({ region }) => `region:${region}`)),
    ]);
    expect(joined.regions.find(({ region }) => region === 'us-east-1')).toMatchObject({
      status: 'failed',
      pointer: { stack: `${SCIENCES}/chat` },
    });
    expect(joined.regions.find(({ region }) => region === 'eu-central-1')?.uses).toEqual(
      expect.arrayContaining(['stores', 'keys', 'gateway']),
    );
  });

  test.each(['failed', 'unknown', 'attention'] as const)(
    'a Region that is %s in one of them is so in the whole',
    (status) => {
      const [ok, other] = [partOf(SCIENCES), partOf(LAW)];
      const regions = other.evidence.regions.map((row) => ({ ...row, status }));
      const graver = { ...other, evidence: { ...other.evidence, regions } };
      for (const both of [joinEvidence([ok, graver]), joinEvidence([graver, ok])])
        expect([...new Set(both.regions.map((row) => row.status))]).toEqual([status]);
    },
  );

  test('a mistake in one of them counts in the whole', () => {
    expect(parts[0].evidence.head.summary.failed).toBe(0);
    expect(joined.head.summary.failed).toBeGreaterThan(0);
    expect(joined.head.summary.ok).toBe(allRows(joined).filter(({ status }) => status === 'ok').length);
  });

  test('the head has the hash of each report, and of each template', () => {
    expect(joined.head.parts).toEqual([parts[1].stated, parts[0].stated]);
    expect(joined.head.templates).toEqual([
      { ...parts[1].evidence.head.templates[0], stack: `${SCIENCES}/chat`, file: `${SCIENCES}/-` },
      { ...parts[0].evidence.head.templates[0], stack: `${LAW}/chat`, file: `${LAW}/-` },
    ]);
  });

  test('is valid by the schema that the package ships, and the same in any order', () => {
    const validate = new Ajv2020({ strict: false }).compile(
      JSON.parse(readFileSync('residency-evidence.schema.json', 'utf8')),
    );
    expect([validate(joined), validate.errors]).toEqual([true, null]);
    expect(joinEvidence([parts[1], parts[0]])).toEqual(joined);
  });

  test.each(Object.keys(EVIDENCE_FORMATS) as EvidenceFormat[])('%s names both accounts', (format) => {
    for (const { name, content } of EVIDENCE_FORMATS[format](joined, 'en')) {
      const text = `${content}`.replaceAll('<wbr>', '');
      if (!/regions|flows|exceptions|components/.test(name))
        for (const account of [SCIENCES, LAW])
          if (name !== 'evidence-findings.csv' || account === SCIENCES) expect(text).toContain(`${account}/chat`);
      if (/\.(html|md)$/.test(name)) for (const { stated } of parts) expect(text).toContain(stated.sha256);
    }
  });
});

test('the drills of each account are in the whole, which is still valid', () => {
  const drill: ProviderDrillReport = {
    report: 'provider-drill',
    provider: 'openai',
    model: 'assistant',
    at: '2026-11-29T08:00:00.000Z',
    before: 'openai/gpt-5.4',
    requests: { sent: 2, failed: 1 },
    answers: { 'openai/gpt-5.4': 1 },
    passed: false,
  };
  const joined = joinEvidence([partOf(LAW, { drills: [drill] }), partOf(SCIENCES)]);
  expect(joined.drills?.map(({ id, status }) => [id, status])).toEqual([
    [`${LAW}:drill:openai:assistant:${drill.at}`, 'failed'],
  ]);
  expect(joined.head.summary.failed).toBe(1);
  expect(readPart(Buffer.from(JSON.stringify(joined)))).toMatch(/report over several accounts itself/);
});

describe('the head of a joined report', () => {
  const joined = (...options: Partial<EvidenceOptions>[]): Evidence['head'] => {
    const [first, second] = options.map((one, index) => partOf([SCIENCES, LAW][index] ?? '', one));
    return joinEvidence([first as Part, second as Part]).head;
  };

  test('is as old as its oldest part', () => {
    expect(joined({ date: '2026-11-30' }, { date: '2026-10-01' }).date).toBe('2026-10-01');
  });

  test('names the organisation only if all have the same', () => {
    const organisation = { name: 'Université Exemple', dpo: 'dpo@example.eu' };
    expect(joined({ organisation }, { organisation }).organisation).toEqual(organisation);
    expect(joined({ organisation }, { organisation: { name: 'Another' } }).organisation).toBeUndefined();
    expect(joined({ organisation }, {}).organisation).toBeUndefined();
  });
});

describe('reports that can not be joined', () => {
  test.each<[string, Part[], RegExp]>([
    [
      'of the same account',
      [partOf(SCIENCES), partOf(LAW), partOf(SCIENCES)],
      /report 1 and report 3 are both reports of the account 111122223333; name each account once/,
    ],
    [
      'of different boundaries',
      [partOf(SCIENCES), partOf(LAW, { boundary: ResidencyBoundary.parse('DE,FR') })],
      /^the boundaries differ: report 1 has eu \(.*\), report 2 has DE,FR \(.*\); .*join reports of the same one/,
    ],
    [
      'of different versions',
      [partOf(SCIENCES), partOf(LAW, { version: '0.0.9' })],
      /^the versions differ: report 1 has 0\.1\.0, report 2 has 0\.0\.9; write the older report again/,
    ],
  ])('%s', (_, parts, why) => {
    expect(whyNotJoinable(named(...parts))).toMatch(why);
  });

  test('of different facts', () => {
    const other = partOf(LAW);
    const facts = { release: '7', asOf: '2026-11-01', sha256: 'f'.repeat(64) };
    const changed = { ...other, evidence: { ...other.evidence, head: { ...other.evidence.head, facts } } };
    expect(whyNotJoinable(named(partOf(SCIENCES), changed))).toMatch(
      /^the facts differ: .*report 2 has 7 with the SHA-256 ffffffffffff;/,
    );
  });

  test('and those that can', () => {
    expect(whyNotJoinable(named(partOf(SCIENCES), partOf(LAW, { date: '2026-10-01' })))).toBeUndefined();
  });
});

describe('a file that is no part', () => {
  const evidence = () => evidenceOf([stack(resources(), { deployAccount: SCIENCES })]);
  const twoAccounts = () =>
    evidenceOf([
      stack(resources(), { deployAccount: SCIENCES }),
      stack(resources(), { deployAccount: LAW, stack: 'b' }),
    ]);

  test.each<[string, () => unknown, RegExp]>([
    ['no object', () => 7, /isn't a report of format 1 \(it isn't JSON of a report\)/],
    ['another format', () => ({ ...evidence(), format: 2 }), /isn't a report of format 1 \(format: /],
    ['a row without a status', () => ({ ...evidence(), stores: [{}] }), /isn't a report of format 1 \(stores\.0\./],
    [
      'no account',
      () => evidenceOf([stack(resources())]),
      /its stacks name no account; set 'account' in residency.yaml/,
    ],
    ['two accounts', twoAccounts, /its stacks name 2 accounts \(111122223333, 222233334444\)/],
    ['a joined report', () => joinEvidence([partOf(SCIENCES), partOf(LAW)]), /a report over several accounts itself/],
  ])('%s', (_, content, why) => {
    expect(readPart(Buffer.from(JSON.stringify(content())))).toMatch(why);
  });

  test('no JSON', () => {
    expect(readPart(Buffer.from('{"format": 1'))).toMatch(/it isn't JSON of a report/);
  });
});
