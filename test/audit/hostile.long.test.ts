import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { openFolder } from '@/lib/cli/audit/bundle/folder';
import { type AuditOptions, auditBundle } from '@/lib/cli/audit/join/audit-bundle';
import { RequestIndex } from '@/lib/cli/audit/join/request-index';
import { type Statement, statementOf } from '@/lib/cli/audit/statement/statement';
import { readGivenKeys } from '@/lib/cli/audit/trail/given-keys';
import { ledgerKey } from '@/lib/ledger/keys';
import { EvidenceStream } from '@/lib/runtime/http/records/evidence-line';
import type { LogBounds } from '@/lib/runtime/ledger/log-bounds';
import { LOG } from '@/test/ledger/vectors';
import { Deployed } from '@/test/runtime/ledger/support/deployed';
import { makeBundle, type Plants, trailKey } from './support/sample-bundle';
import { eventOf, type SampleRequest } from './support/sample-requests';
import { SampleTrail, trailKeysOf } from './support/sample-trail';

jest.setTimeout(120_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'audit-hostile-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (...names: string[]) => path.join(folder, ...names);
const made = (plants: Plants = {}, days = 1) => makeBundle({ folder, plants, days, requests: 2 });
const audited = async (options: AuditOptions = {}): Promise<Statement> =>
  statementOf(await auditBundle(openFolder(folder), { key: () => LOG, ...options }));
const named = ({ findings }: Statement) => findings.map(({ kind, file, found }) => `${kind} ${file}: ${found}`);
const inHour5 = (change: (events: object[]) => object[]): Plants => ({
  events: (events, hour) => (hour === 5 ? change(events) : events),
});
const json = <T>(file: string): T => JSON.parse(readFileSync(at(file), 'utf8'));
const change = (file: string, contents: object) => writeFileSync(at(file), JSON.stringify(contents));
const HOUR_5 = 'ledger/2026/11/01/05.ndjson.gz';

describe('records', () => {
  test('a record that states another month hides no call', async () => {
    made({
      requests: (some, hour) => {
        if (hour === 5 && some[0]) some[0].servedIn = 'us-east-1';
      },
      records: (some, hour) =>
        hour === 5 ? some.map((one, index) => (index > 0 ? one : { ...one, time: Date.parse('2026-09-01') })) : some,
    });
    const statement = await audited();
    expect(statement.calls).toMatchObject({ inside: 47, outside: 1 });
    expect(named(statement)).toEqual([
      expect.stringMatching(/^failure ledger\/2026\/11\/01\/05\.ndjson\.gz: record req_\w+ of 2026-09-01T00/),
    ]);
  });

  test.each<[string, object, string]>([
    ['failed invocations', { failed: 12 }, `gap ${HOUR_5}: 12 invocations of gateways that failed`],
    ['refused lines', { refused: 9 }, `gap ${HOUR_5}: 9 lines that can't be records`],
    ['records that no log has', { unlogged: 4 }, `gap ${HOUR_5}: 4 records of the hour before that no log has`],
    ['more records', { records: 3 }, `failure ${HOUR_5}: 2 records`],
    ['gaps', { gaps: 1 }, `failure ${HOUR_5}: 0 gaps`],
    ['no counts', { failed: 'none' }, `failure ${HOUR_5}: an end of the hour of another form`],
  ])('an end of an hour that states %s is named', async (_, end, expected) => {
    made({ end: (hour) => (hour === 5 ? end : undefined) });
    expect(named(await audited())).toEqual([expected]);
  });
});

describe('what the function of the ledger writes', () => {
  const stream = new EvidenceStream();
  const record = (time: string) => {
    const fields = { id: `req_${time}`, tenant: 'sciences', retention: 'not-stored', outcome: 'answered' } as const;
    return JSON.stringify(stream.line({ event: 'residency', time: `2026-11-30T${time}.000Z`, ...fields }));
  };

  async function written(deployed: Deployed, ...runs: string[]): Promise<Statement> {
    for (const run of runs) await deployed.run(run);
    for (const file of deployed.bucket.keys) {
      mkdirSync(path.dirname(at(file)), { recursive: true });
      writeFileSync(at(file), deployed.bucket.bytes(file));
    }
    return audited({ key: (name) => ledgerKey(name, 'log', deployed.keys.publicKey) });
  }
  const ofHours = (statement: Statement) =>
    named(statement).filter((finding) => finding.includes('ledger/2026/11/30/'));

  test('records are read without a failure, and failed invocations are a gap', async () => {
    const deployed = new Deployed();
    deployed.write(record('10:10:00'), record('10:20:00'));
    deployed.report('11:40:00', 'timeout');
    const statement = await written(deployed, '11:10', '12:10');
    expect(statement.verified.ledger).toMatchObject({ hours: 2, leaves: 4 });
    expect(ofHours(statement)).toEqual(['gap ledger/2026/11/30/11.ndjson.gz: 1 invocations of gateways that failed']);
  });

  test.each<[keyof LogBounds, number, string]>([
    ['lines', 3, 'too many lines in the log of a gateway (4 lines read)'],
    ['characters', 500, 'too many characters in the log of a gateway (4 lines read)'],
    ['time', 0, 'no time for all lines in the log of a gateway (0 lines read)'],
  ])(
    'an hour beyond the bound of %s, and the next one, which lacks late records, are gaps',
    async (reason, bound, found) => {
      const deployed = new Deployed();
      await deployed.run('10:10');
      deployed.bounds = { lines: 1_000, characters: 100_000, time: 100, [reason]: bound };
      deployed.write(...['10:10:00', '10:20:00', '10:30:00', '10:40:00'].map(record));
      const statement = await written(deployed, '11:10', '12:10');
      const late = (hour: number) =>
        `gap ledger/2026/11/30/${hour}.ndjson.gz: ${found}, so its late records of the hour before are missing`;
      const own = (hour: number) =>
        `gap ledger/2026/11/30/${hour}.ndjson.gz: ${found}, so its records of the hour are missing`;
      expect(ofHours(statement)).toEqual(
        reason === 'time' ? [own(10), late(10), own(11), late(11)] : [own(10), late(11)],
      );
    },
  );
});

describe('trails', () => {
  test('the folders of a Region with a call outside are removed', async () => {
    made();
    rmSync(at('AWSLogs/111122223333/CloudTrail-Digest/us-east-1'), { recursive: true });
    const statement = await audited();
    expect(named(statement)).toEqual(['gap trail of us-east-1: no verified digest of the trail of the other Regions']);
    expect(statement.verified.trail.regions).not.toContain('us-east-1');
  });

  test('another trail of a Region, which may record less, stands in for none', async () => {
    made();
    rmSync(at('AWSLogs/111122223333/CloudTrail-Digest/us-east-1'), { recursive: true });
    const write = (file: string, contents: string | Buffer) => {
      mkdirSync(path.dirname(at(file)), { recursive: true });
      writeFileSync(at(file), contents);
    };
    const other = new SampleTrail(write, trailKey(), 'us-east-1', 'writes-only');
    other.digest(Date.parse('2026-11-01'), [], { end: Date.parse('2026-11-02T02:00:00Z') });
    change('digest-signatures.json', [...json<object[]>('digest-signatures.json'), ...other.signatures]);
    expect(named(await audited())).toEqual([
      'gap trail of us-east-1: no verified digest of the trail of the other Regions',
    ]);
  });

  test('the whole trail is removed', async () => {
    makeBundle({ folder, requests: 0 });
    rmSync(at('AWSLogs'), { recursive: true });
    change('digest-signatures.json', []);
    const statement = await audited();
    expect(statement.complete).toBe(false);
    expect(named(statement)).toContain(
      'gap trail of eu-central-1: no verified digest of the trail of the other Regions',
    );
  });

  test('a backfill digest alone is no trail', async () => {
    made({ isLate: (hour) => hour === 3 });
    for (const file of openFolder(folder).files) {
      if (/CloudTrail(-Digest)?\/eu-central-1/.test(file) && !file.includes('backfill')) rmSync(at(file));
    }
    expect(named(await audited())).toContain(
      'gap trail of eu-central-1: no verified digest of the trail of the other Regions',
    );
  });

  test('a Region whose keys were not fetched is one gap that says how to complete it', async () => {
    made();
    change(
      'trail-keys.json',
      json<{ region: string }[]>('trail-keys.json').filter(({ region }) => region !== 'us-east-1'),
    );
    const { findings } = await audited();
    expect(findings).toEqual([
      {
        kind: 'gap',
        file: 'trail of us-east-1',
        found: 'no public key of CloudTrail in this Region',
        expected: 'a bundle made with --ask-outside, or the keys as --trail-keys',
      },
    ]);
  });

  test('a Region that must be enabled is required unless the auditor says it is not', async () => {
    made();
    rmSync(at('AWSLogs/111122223333/CloudTrail-Digest/eu-south-2'), { recursive: true });
    expect(named(await audited())).toEqual([
      'gap trail of eu-south-2: no verified digest of the trail of the other Regions',
    ]);
    expect(await audited({ notEnabled: ['eu-south-2'] })).toMatchObject({
      complete: true,
      verified: { trail: { notEnabled: ['eu-south-2'] } },
    });
  });

  test('keys of one Region verify no digest of another', async () => {
    made();
    const keys = json<{ region: string }[]>('trail-keys.json');
    change(
      'trail-keys.json',
      keys.map((one) => ({ ...one, region: one.region === 'eu-central-1' ? 'eu-central-2' : one.region })),
    );
    expect(named(await audited())).toContain('gap trail of eu-central-1: no public key of CloudTrail in this Region');
  });

  test("keys that the auditor gives replace the bundle's", async () => {
    made();
    const files = json<{ region: string }[]>('trail-keys.json').map(({ region }) => {
      const PublicKeyList = trailKeysOf(trailKey(), region).keys.map(({ value, validFrom, fingerprint, validTo }) => ({
        Value: value,
        ValidityStartTime: validFrom,
        ValidityEndTime: Date.parse(validTo) / 1_000,
        Fingerprint: fingerprint,
      }));
      const file = at('..', `${region}.json`);
      writeFileSync(file, JSON.stringify({ PublicKeyList }));
      return file;
    });
    rmSync(at('trail-keys.json'));
    const statement = await audited({ trailKeys: readGivenKeys(files) });
    for (const file of files) rmSync(file);
    expect(statement).toMatchObject({ complete: true, verified: { trail: { keysFrom: 'auditor' } } });
    expect(statement.conclusion).not.toContain('public keys');
  });
});

/** The first two days are removed, and the third one verifies. */
function withoutTwoDays(start: string): void {
  made({}, 3);
  for (const day of ['01', '02']) {
    for (const file of readdirSync(at('ledger/2026/11', day))) {
      if (`${day}/${file}` !== '02/23.state.json') rmSync(at('ledger/2026/11', day, file));
    }
  }
  const { size } = json<{ size: number }>('ledger/2026/11/02/23.state.json');
  for (const file of readdirSync(at('ledger/checkpoints')))
    if (Number(file) < size) rmSync(at('ledger/checkpoints', file));
  change('ledger/start.json', { hour: start });
}

describe('files without a signature', () => {
  const missing = 'gap ledger/2026/11/01/00.ndjson.gz: no file up to ledger/2026/11/02/23.ndjson.gz';

  test.each<[string, string[]]>([
    ['2026-11-03T00', [missing]],
    ['2026-11-04T00', [missing, expect.stringMatching('an hour before 2026-11-04T00')]],
    ['2027-11-04T00', [missing, expect.stringMatching('the ledger begins with 2027-11-04T00')]],
  ])('start.json hides no missing hours: %s', async (start, expected) => {
    withoutTwoDays(start);
    expect(named(await audited())).toEqual(expect.arrayContaining(expected));
  });

  test.each<[string, object]>([
    ['days that are none', { from: '2026-99-99', to: '2026-99-99' }],
    ['a last day of year 275760', { to: '9999-12-31' }],
    ['days in another order', { from: '2026-11-30', to: '2026-11-02' }],
  ])('a manifest with %s is a failure', async (_, changes) => {
    made();
    change('bundle.json', { ...json<object>('bundle.json'), ...changes });
    expect(named(await audited())).toContain('failure bundle.json: another form');
  });

  test('the time of a manifest is printed as a time', async () => {
    made();
    change('bundle.json', { ...json<object>('bundle.json'), fetchedAt: '2026-12-01 (\n\nverified by the court)' });
    const { verified } = await audited();
    expect(verified.fetchedAt).toMatch(/^2026-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
});

describe('events', () => {
  const without = (event: object, changes: object) => ({ ...event, additionalEventData: undefined, ...changes });
  const arn = (resource: string) => ({
    requestParameters: { modelId: `arn:aws:bedrock:eu-central-1:111122223333:${resource}` },
  });

  test.each<[string, object, string]>([
    ['a global profile that timed out', { errorCode: 'ModelTimeoutException' }, 'unaccounted'],
    ['no parameters', { requestParameters: null }, 'unaccounted'],
    ['a prompt router', arn('default-prompt-router/anthropic.claude:1'), 'unaccounted'],
    ['a prompt', arn('prompt/ABCDEFGHIJ:1'), 'unaccounted'],
    ['an unknown geography', { requestParameters: { modelId: 'moon.anthropic.claude-v1:0' } }, 'unaccounted'],
    ['a profile that was refused', { errorCode: 'AccessDenied' }, 'inside'],
    ['a provisioned model', arn('provisioned-model/abcdefghijkl'), 'inside'],
    ['a foundation model', { requestParameters: { modelId: 'anthropic.claude-3-haiku-20240307-v1:0' } }, 'inside'],
  ])('a call without a serving Region: %s is %s', async (_, changes, expected) => {
    made(inHour5(([first, ...others]) => [without(first as object, changes), ...others]));
    const { calls } = await audited();
    expect(calls).toMatchObject(expected === 'inside' ? { inside: 48 } : { inside: 47, unaccounted: 1 });
  });

  const other = { requestID: 'other', eventID: 'other' };
  const outside = { additionalEventData: { inferenceRegion: 'us-east-1' } };

  test.each(['CreateModelInvocationJob', 'StartAsyncInvoke', 'ApplyGuardrail', 'RetrieveAndGenerate', 'Rerank'])(
    '%s that was served outside is a call outside',
    async (eventName) => {
      made(inHour5((events) => [...events, { ...events[0], ...other, ...outside, eventName }]));
      expect((await audited()).calls).toMatchObject({ inside: 48, outside: 1, unaccounted: 0 });
    },
  );

  test('another operation that was served inside is no call', async () => {
    made(inHour5((events) => [...events, { ...events[0], ...other, eventName: 'ApplyGuardrail' }]));
    expect(await audited()).toMatchObject({ complete: true, calls: { inside: 48 } });
  });

  test('a second event of a call that was served outside is listed', async () => {
    made(inHour5((events) => [...events, { ...events[0], eventID: 'other', ...outside }]));
    const { calls, named: rows } = await audited();
    expect(calls).toMatchObject({ inside: 48, outside: 1 });
    expect(rows.outside[0]?.reason).toBe('served outside the boundary, in a second event');
  });

  test('a call outside in the trail of another Region is found', async () => {
    made();
    const call: SampleRequest = {
      id: 'x',
      requestId: 'other',
      eventId: 'other',
      time: Date.parse('2026-11-01T05:00:00Z'),
      stream: 's',
      seq: 0,
      servedIn: 'us-east-1',
    };
    rmSync(at('AWSLogs/111122223333/CloudTrail-Digest/us-east-1'), { recursive: true });
    const trail = new SampleTrail(
      (file, contents) => {
        mkdirSync(path.dirname(at(file)), { recursive: true });
        writeFileSync(at(file), contents);
      },
      trailKey(),
      'us-east-1',
    );
    const log = trail.log(call.time, [{ ...eventOf(call), awsRegion: 'us-east-1' }]);
    trail.digest(Date.parse('2026-11-01'), [log], { end: Date.parse('2026-11-02T02:00:00Z') });
    change('digest-signatures.json', [...json<object[]>('digest-signatures.json'), ...trail.signatures]);
    expect((await audited()).calls).toMatchObject({ inside: 48, outside: 1 });
  });
});

describe('a bundle that would take forever', () => {
  test('links are refused before they are followed', () => {
    mkdirSync(at('d'));
    for (const name of ['one', 'two', 'three']) symlinkSync('.', at('d', name));
    expect(() => openFolder(folder)).toThrow('one of its entries is a link');
  });

  test.each(['2099', '9999'])('an hour of the year %s is named at once', async (year) => {
    made();
    mkdirSync(at('ledger', year, '12/31'), { recursive: true });
    writeFileSync(at('ledger', year, '12/31/23.ndjson.gz'), gzipSync(''));
    const start = Date.now();
    const statement = await audited();
    expect(Date.now() - start).toBeLessThan(10_000);
    expect(statement.complete).toBe(false);
    expect(named(statement).join()).toContain(`ledger/${year}/12/31/23.ndjson.gz`);
  });
});

describe('an index of request IDs', () => {
  const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e';

  test.each([
    ['a digit', '0f8fad5b-d9cb-469f-a165-70867728950f'],
    ['the first digit', '1f8fad5b-d9cb-469f-a165-70867728950e'],
    ['the version', '0f8fad5b-d9cb-569f-a165-70867728950e'],
    ['upper case', uuid.toUpperCase()],
    ['a character that is no digit', '0f8fad5b-d9cb-469f-a165-7086772895ge'],
    ['a character beyond ASCII', '0f8fad5b-d9cb-469f-a165-7086772895\u00e9e'],
    ['a dash elsewhere', '0f8fad5bd-9cb-469f-a165-70867728950e'],
    ['no dashes', uuid.replaceAll('-', '')],
    ['a further character', `${uuid}0`],
    ['its bytes', Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('latin1')],
    ['nothing', ''],
  ])('tells a UUID from one with another form: %s', (_, other) => {
    const index = new RequestIndex();
    expect(index.add(uuid, 1)).toBeUndefined();
    expect(index.get(other)).toBeUndefined();
    expect(index.add(other, 2)).toBeUndefined();
    expect([index.get(uuid), index.get(other), index.add(uuid, 3)]).toEqual([1, 2, 1]);
  });

  test('keeps numbers while it grows, and IDs that differ in few bits need no more time', () => {
    const index = new RequestIndex();
    const ids = Array.from(
      { length: 100_000 },
      (_, number) => `${number.toString(16).padStart(8, '0')}-0000-4000-8000-0000${number.toString(16).padEnd(8, '0')}`,
    );
    const start = process.cpuUsage();
    for (const [number, id] of ids.entries()) index.add(id, number);
    for (const [number, id] of ids.entries()) if (index.get(id) !== number) throw new Error(id);
    expect(process.cpuUsage(start).user).toBeLessThan(5_000_000);
  });
});
