import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { openFolder } from '@/lib/cli/audit/bundle/folder';
import { type AuditOptions, auditBundle } from '@/lib/cli/audit/join/audit-bundle';
import { type Statement, statementOf } from '@/lib/cli/audit/statement/statement';
import { statementMarkdown } from '@/lib/cli/audit/statement/statement-markdown';
import { statementTable } from '@/lib/cli/audit/statement/statement-table';
import { keyOf, LOG } from '@/test/ledger/vectors';
import { makeBundle, OTHER_REGIONS, type Plants } from './support/sample-bundle';
import { checkpointOf } from './support/sample-ledger';
import { eventOf, type SampleRequest, SOURCE_REGION } from './support/sample-requests';

jest.setTimeout(120_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'audit-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const CALLS = 48;
const ALL_INSIDE = { inside: CALLS, outside: 0, unaccounted: 0, notJoinable: 0 };

interface Case extends Plants {
  /** Changes files of the finished bundle. */
  readonly after?: () => void;
  readonly options?: AuditOptions;
}

async function audited({ after, options, ...plants }: Case = {}): Promise<Statement> {
  makeBundle({ folder, plants, requests: 2, files: 2 });
  after?.();
  const statement = statementOf(await auditBundle(openFolder(folder), { key: () => LOG, ...options }));
  for (const text of [statementTable(statement), statementMarkdown(statement), JSON.stringify(statement)]) {
    if (!statement.complete) expect(text).not.toMatch(/\ball\b/i);
  }
  return statement;
}

const filesLike = (form: RegExp): string[] => openFolder(folder).files.filter((file) => form.test(file));
const HOUR_7 = 'ledger/2026/11/01/07.ndjson.gz';
const LOG_FILES = /^AWSLogs\/\d+\/CloudTrail\//;
const DIGESTS = /CloudTrail-Digest\/eu-central-1\//;
/** One for each Region, in the order in which an audit reads them. */
const ALL_DIGESTS = [SOURCE_REGION, ...OTHER_REGIONS]
  .sort()
  .map((region) => new RegExp(`CloudTrail-Digest/${region}/`));
const SCOPE =
  'Calls are those of operations whose names begin with InvokeModel, Converse, CreateChatCompletion, CreateResponse, CreateMessage, ' +
  "CreateModelInvocationJob, StartAsyncInvoke. As the bundle states: the period, the boundary, CloudTrail's public keys.";

function edit(file: string, change: (text: string) => string): void {
  const target = path.join(folder, file);
  const before = gunzipSync(readFileSync(target)).toString();
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(target, gzipSync(after));
}

const inHour =
  <T>(hour: number, change: (value: T) => void) =>
  (value: T, at: number) => {
    if (at === hour) change(value);
  };

test('a bundle without a plant is complete', async () => {
  const statement = await audited();
  expect(statement).toMatchObject({ complete: true, calls: ALL_INSIDE, findings: [] });
  expect(statement.conclusion).toBe(
    `All of ${CALLS} calls of models in ${CALLS} requests were served inside the boundary. ${SCOPE}`,
  );
  expect(statement.verified.ledger).toEqual({ origin: LOG.name, checkpoints: 25, signed: true, hours: 25, leaves: 73 });
  expect(statement.verified.trail).toMatchObject({
    digests: 26 + OTHER_REGIONS.length,
    files: 50,
    events: CALLS,
    repeatedEvents: 0,
  });
});

test('a call served outside the boundary is named, and the statement stays complete', async () => {
  let planted: SampleRequest | undefined;
  const statement = await audited({
    requests: inHour(5, ([first]) => {
      planted = first;
      if (first) first.servedIn = 'us-east-1';
    }),
  });
  expect(statement).toMatchObject({ complete: true, calls: { ...ALL_INSIDE, inside: CALLS - 1, outside: 1 } });
  expect(statement.named.outside).toMatchObject([
    { record: planted?.id, requestId: planted?.requestId, servedIn: 'us-east-1' },
  ]);
  expect(statement.conclusion).toBe(`${CALLS - 1} calls of models served inside the boundary, 1 outside. ${SCOPE}`);
});

test('London and an unknown Region are outside', async () => {
  const statement = await audited({
    requests: inHour(5, ([first, second]: SampleRequest[]) => {
      if (first) first.servedIn = 'eu-west-2';
      if (second) second.servedIn = 'eu-mars-1';
    }),
  });
  expect(statement.named.outside.map(({ servedIn }) => servedIn)).toEqual(['eu-west-2', 'eu-mars-1']);
});

test('a boundary that the auditor gives replaces that of the bundle', async () => {
  const statement = await audited({ options: { boundary: ResidencyBoundary.parse('eu-central-1') } });
  expect(statement.boundary.from).toBe('auditor');
  expect(statement.calls.outside).toBeGreaterThan(0);
});

test('a record that never arrived is a gap, and its call is unaccounted for', async () => {
  const statement = await audited({ records: (some, hour) => (hour === 5 ? some.slice(1) : some) });
  expect(statement.calls).toEqual({ ...ALL_INSIDE, inside: CALLS - 1, unaccounted: 1 });
  expect(statement.findings).toMatchObject([{ kind: 'gap', found: expect.stringMatching(/^record \d+ missing$/) }]);
  expect(statement.complete).toBe(false);
});

test('a record that arrives in a later hour is no gap', async () => {
  const late: SampleRequest[] = [];
  const statement = await audited({
    records: (some, hour) => {
      if (hour === 5) late.push(...some.slice(0, 1));
      return hour === 5 ? some.slice(1) : hour === 6 ? [...some, ...late] : some;
    },
  });
  expect(statement).toMatchObject({ complete: true, calls: ALL_INSIDE });
});

test.each<[string, Case, Partial<Statement['calls']>]>([
  ['repeated', { events: (some, hour) => (hour === 5 ? some.flatMap((one) => [one, one]) : some) }, {}],
  ['late, with a digest of its own', { isLate: (hour, file) => hour === 5 && file === 1 }, {}],
  ['late, twice', { isLate: (hour, file) => [5, 9].includes(hour) && file === 1 }, {}],
  [
    'of another service',
    { events: (some) => [...some, { eventSource: 'kms.amazonaws.com', eventName: 'Decrypt' }] },
    {},
  ],
])('an event that is %s changes nothing', async (_, plants, calls) => {
  expect(await audited(plants)).toMatchObject({ complete: true, calls: { ...ALL_INSIDE, ...calls }, findings: [] });
});

const call = (changes: object) => ({ ...eventOf({ ...OTHER, servedIn: 'eu-west-1' }), ...changes });
const OTHER = {
  id: 'req_x',
  requestId: 'other',
  eventId: 'other',
  time: Date.parse('2026-11-01T05:00:00Z'),
  stream: 's',
  seq: 0,
};
const extra = (...events: object[]): Case => ({
  events: (some, hour, file) => (hour === 5 && file === 0 ? [...some, ...events] : some),
});
const PROFILE_WITHOUT_REGION = { additionalEventData: undefined };

test.each<[string, Case, Partial<Statement['calls']>]>([
  ['inside', extra(call({})), { unaccounted: 1 }],
  ['inside, recorded twice', extra(call({}), call({})), { unaccounted: 1 }],
  ['outside', extra(call({ additionalEventData: { inferenceRegion: 'us-west-2' } })), { outside: 1 }],
  ['through a profile, without a Region', extra(call(PROFILE_WITHOUT_REGION)), { unaccounted: 1 }],
  [
    'of a model in another Region',
    extra(
      call({
        ...PROFILE_WITHOUT_REGION,
        awsRegion: 'us-east-1',
        requestParameters: { modelId: 'amazon.nova-pro-v1:0' },
      }),
    ),
    { outside: 1 },
  ],
  ['on another day', extra(call({ eventTime: '2026-11-02T00:00:00Z' })), {}],
])('a call without a record, %s, is counted', async (_, plants, calls) => {
  expect((await audited(plants)).calls).toEqual({ ...ALL_INSIDE, ...calls });
});

test('an event that names no serving Region is unaccounted for, though it has a record', async () => {
  const statement = await audited({
    events: (some, hour) => (hour === 5 ? some.map((one) => ({ ...one, ...PROFILE_WITHOUT_REGION })) : some),
  });
  expect(statement.calls).toEqual({ ...ALL_INSIDE, inside: CALLS - 2, unaccounted: 2 });
  expect(statement.named.unaccounted[0]?.reason).toBe('the trail names no Region that served it');
});

test('a record without an event is not joinable', async () => {
  const statement = await audited({ events: (some, hour) => (hour === 5 ? [] : some) });
  expect(statement.calls).toEqual({ ...ALL_INSIDE, inside: CALLS - 2, notJoinable: 2 });
  expect(statement.conclusion).toContain('incomplete: 2 calls not joinable with the trail.');
});

test.each([
  ['openai/gpt-5', 'eu.api.openai.com', 'the call is of OpenAI, which CloudTrail does not record'],
  ['vpc/mistral', SOURCE_REGION, 'the call is of a server of your own, which CloudTrail does not record'],
])('a call of %s is not joinable, even with the request ID of an event', async (destination, sourceRegion, reason) => {
  const statement = await audited({
    recordOf: (record, hour) =>
      hour === 5
        ? { ...record, attempts: record.attempts.map((attempt) => ({ ...attempt, destination, sourceRegion })) }
        : record,
  });
  expect(statement).toMatchObject({
    complete: false,
    calls: { ...ALL_INSIDE, inside: CALLS - 2, unaccounted: 2, notJoinable: 2 },
    findings: [],
  });
  expect(statement.named.notJoinable[0]).toMatchObject({ region: sourceRegion, reason });
});

/** Each file that is forged, removed, added or moved is named, and nothing else. */
test.each<[string, Case, { kind: string; file: RegExp; found: RegExp }[]]>([
  [
    'a changed record',
    {
      lines: inHour(
        7,
        (lines: string[]) => void lines.splice(0, 1, (lines[0] as string).replace('answered', 'refused_')),
      ),
    },
    [{ kind: 'failure', file: /01\/07\.ndjson/, found: /^changed or reordered leaves$/ }],
  ],
  [
    'reordered records',
    { lines: inHour(7, (lines: string[]) => void lines.unshift(...lines.splice(1, 1))) },
    [{ kind: 'failure', file: /01\/07\.ndjson/, found: /^changed or reordered leaves$/ }],
  ],
  [
    'a removed record',
    { lines: inHour(7, (lines: string[]) => void lines.shift()) },
    [
      { kind: 'failure', file: /01\/07\.ndjson/, found: /^1 records$/ },
      { kind: 'failure', file: /01\/07\.ndjson/, found: /^2 leaves$/ },
      { kind: 'gap', file: /^stream /, found: /^record \d+ missing$/ },
    ],
  ],
  [
    'a second copy of a record',
    { lines: inHour(7, (lines: string[]) => void lines.unshift(lines[0] as string)) },
    [
      { kind: 'failure', file: /01\/07\.ndjson/, found: /^a second record \d+ of the stream/ },
      { kind: 'failure', file: /01\/07\.ndjson/, found: /^3 records$/ },
      { kind: 'failure', file: /01\/07\.ndjson/, found: /^4 leaves$/ },
    ],
  ],
  [
    'a record with spaces',
    { lines: inHour(7, (lines: string[]) => void lines.splice(0, 1, (lines[0] as string).replace('":', '": '))) },
    [
      { kind: 'failure', file: /01\/07\.ndjson/, found: /^in line 1: the line is no leaf/ },
      { kind: 'gap', file: /^stream /, found: /missing$/ },
    ],
  ],
  [
    'an hour without its last leaf',
    { lines: inHour(7, (lines: string[]) => void lines.pop()) },
    [
      { kind: 'failure', file: /01\/07\.ndjson/, found: /^another leaf at its end$/ },
      { kind: 'failure', file: /01\/07\.ndjson/, found: /^2 leaves$/ },
    ],
  ],
  ...(['hour', 'late'] as const).map((unread): [string, Case, { kind: string; file: RegExp; found: RegExp }[]] => [
    `an hour that the ledger couldn't read, '${unread}',`,
    {
      leaves: (hour, name) =>
        hour === 7 ? [{ event: 'overflow', hour: name, reason: 'lines', read: 150_001, unread }] : [],
    },
    [
      {
        kind: 'gap',
        file: /01\/07\.ndjson/,
        found:
          unread === 'hour'
            ? /^too many lines in the log of a gateway \(150001 lines read\), so its records of the hour are missing$/
            : /so its late records of the hour before are missing$/,
      },
    ],
  ]),
  [
    'a removed hour',
    { after: () => rmSync(path.join(folder, HOUR_7)) },
    [
      { kind: 'gap', file: /01\/07\.ndjson/, found: /^no such file$/ },
      { kind: 'gap', file: /^stream /, found: /missing$/ },
    ],
  ],
  [
    'a checkpoint of another key',
    {
      after: () => {
        const forged = checkpointOf({ size: 0, nodes: [] }, keyOf(9));
        writeFileSync(path.join(folder, 'ledger/checkpoints/0'), forged);
      },
    },
    [{ kind: 'failure', file: /checkpoints\/0$/, found: /signature of the key .* is false$/ }],
  ],
  [
    'a signed checkpoint of another tree',
    {
      after: () => {
        const nodes = [0, 1, 2, 3].map((byte) => Buffer.alloc(32, byte));
        writeFileSync(path.join(folder, 'ledger/checkpoints/15'), checkpointOf({ size: 15, nodes }));
      },
    },
    [
      { kind: 'failure', file: /01\/04\.state\.json$/, found: /^a tree of 15 leaves that no checkpoint confirms$/ },
      { kind: 'failure', file: /01\/04\.ndjson\.gz$/, found: /^3 leaves, whose tree no checkpoint confirms$/ },
      { kind: 'failure', file: /01\/04\.state\.json$/, found: /^a tree of 15 leaves that no checkpoint confirms$/ },
      { kind: 'gap', file: /01\/05\.ndjson\.gz$/, found: /^no confirmed tree of the hour before$/ },
      { kind: 'failure', file: /checkpoints\/15$/, found: /^a tree that no hour of the bundle ends with$/ },
    ],
  ],
  [
    'a changed file of events',
    {
      after: () => edit(filesLike(LOG_FILES)[6] as string, (text) => text.replace('ConverseStream', 'ConverseStreaM')),
    },
    [{ kind: 'failure', file: LOG_FILES, found: /^other contents$/ }],
  ],
  [
    'data after the end of a file of events',
    { after: () => writeFileSync(path.join(folder, filesLike(LOG_FILES)[6] as string), gzipSync(' '), { flag: 'a' }) },
    [{ kind: 'failure', file: LOG_FILES, found: /^other contents$/ }],
  ],
  [
    'an added file of events',
    {
      after: () =>
        writeFileSync(
          path.join(folder, (filesLike(LOG_FILES)[6] as string).replace('xx1', 'xx9').replace('7.json', '77.json')),
          gzipSync('{"Records":[]}'),
        ),
    },
    [{ kind: 'failure', file: LOG_FILES, found: /^a file that no digest names$/ }],
  ],
  [
    'a removed file of events',
    { after: () => rmSync(path.join(folder, filesLike(LOG_FILES)[6] as string)) },
    [{ kind: 'gap', file: LOG_FILES, found: /^no such file$/ }],
  ],
  [
    'a changed digest',
    { after: () => edit(filesLike(DIGESTS)[25] as string, (text) => text.replace('[]', '[ ]')) },
    [{ kind: 'failure', file: DIGESTS, found: /^its signature isn't CloudTrail's$/ }],
  ],
  [
    'a removed digest',
    { after: () => rmSync(path.join(folder, filesLike(DIGESTS)[24] as string)) },
    [
      { kind: 'gap', file: DIGESTS, found: /^no such file$/ },
      { kind: 'failure', file: LOG_FILES, found: /^a file that no digest names$/ },
      { kind: 'failure', file: LOG_FILES, found: /^a file that no digest names$/ },
    ],
  ],
  [
    'a moved digest',
    {
      after: () =>
        renameSync(
          path.join(folder, filesLike(DIGESTS)[25] as string),
          path.join(folder, (filesLike(DIGESTS)[25] as string).replace('T020000Z', 'T030000Z')),
        ),
    },
    [{ kind: 'failure', file: DIGESTS, found: /^no signature of it is in the bundle$/ }],
  ],
  [
    'a stop of logging',
    { isStopped: (hour) => hour === 7 || hour === 8 },
    [
      {
        kind: 'gap',
        file: DIGESTS,
        found: /^logging was stopped from 2026-11-01T07:00:00.000Z to 2026-11-01T09:00:00.000Z$/,
      },
    ],
  ],
  [
    'a bundle without public keys of CloudTrail',
    { after: () => rmSync(path.join(folder, 'trail-keys.json')) },
    [
      { kind: 'gap', file: /^trail-keys\.json$/, found: /^no such file$/ },
      ...[SOURCE_REGION, ...OTHER_REGIONS].sort().map((region) => ({
        kind: 'gap',
        file: new RegExp(`^trail of ${region}$`),
        found: /^no public key of CloudTrail in this Region$/,
      })),
    ],
  ],
  [
    'a period that begins before the bundle',
    { options: { from: '2026-10-31' } },
    ALL_DIGESTS.map((file) => ({ kind: 'gap', file, found: /^digests begin at 2026-11-01T00/ })),
  ],
  [
    'a period that ends after the bundle',
    { options: { to: '2026-11-02' } },
    [
      { kind: 'gap', file: /^ledger\/2026\/11\/02\/01/, found: /^no file up to ledger\/2026\/11\/03\/00/ },
      ...ALL_DIGESTS.map((file) => ({ kind: 'gap', file, found: /^digests end at/ })),
    ],
  ],
])('%s is named', async (_, plants, expected) => {
  const { findings, complete } = await audited(plants);
  // Records of one stream or of two are missing, by the seed.
  const isFurther = (file: string, index: number) =>
    /^stream /.test(file) && /^stream /.test(findings[index - 1]?.file ?? '');
  const named = findings.filter(({ file }, index) => !isFurther(file, index));
  expect(named.map(({ kind, file, found }) => ({ kind, file, found }))).toEqual(
    expected.map(({ kind, file, found }) => ({
      kind,
      file: expect.stringMatching(file),
      found: expect.stringMatching(found),
    })),
  );
  expect(complete).toBe(false);
});

test('without a key, no checkpoint is verified, and the statement says so', async () => {
  const { complete, conclusion } = await audited({ options: { key: undefined } });
  expect(complete).toBe(false);
  expect(conclusion).toContain('incomplete: no public key of the ledger given, so no checkpoint verified.');
});
