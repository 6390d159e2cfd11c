import { gunzipSync, gzipSync } from 'node:zlib';
import { readCheckpoint } from '@/lib/ledger/checkpoint';
import { ledgerKey } from '@/lib/ledger/keys';
import { readNote } from '@/lib/ledger/note';
import { recordLeaf } from '@/lib/ledger/record-leaf';
import { signedBy } from '@/lib/ledger/signatures';
import { Tree } from '@/lib/ledger/tree';
import { verifyConsistency } from '@/lib/ledger/verify-proofs';
import { LedgerFork } from '@/lib/runtime/ledger/ledger-fork';
import type { LogBounds } from '@/lib/runtime/ledger/log-bounds';
import { withoutRandomIds } from '@/test/support/random-ids';
import { Deployed, line, ORIGIN } from './support/deployed';

let deployed: Deployed;
beforeEach(() => {
  deployed = new Deployed();
});

interface Line {
  readonly record: Record<string, unknown>;
  readonly salt: string;
}

const hour = (name: string): Line[] =>
  gunzipSync(deployed.bucket.bytes(`ledger/2026/11/30/${name}.ndjson.gz`))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));

/** All leaves, rebuilt from the bucket alone, and each checkpoint verified against them. */
function audit(): { readonly tree: Tree; readonly sizes: number[] } {
  const tree = new Tree();
  for (const key of deployed.bucket.keys.filter((one) => one.endsWith('.ndjson.gz'))) {
    for (const { record, salt } of hour(key.slice(-12, -10)))
      tree.append(recordLeaf(record, Buffer.from(salt, 'base64url')));
  }
  const key = ledgerKey(ORIGIN, 'log', deployed.keys.publicKey);
  const heads = deployed.bucket.keys
    .filter((one) => one.startsWith('ledger/checkpoints/'))
    .map((one) => {
      const note = readNote(deployed.bucket.text(one));
      expect(signedBy(key, note)).toEqual({ isSigned: true });
      const checkpoint = readCheckpoint(note.text);
      expect(one).toBe(`ledger/checkpoints/${checkpoint.size}`);
      expect(tree.root(checkpoint.size)).toEqual(checkpoint.root);
      return checkpoint;
    })
    .sort((one, other) => one.size - other.size);
  for (const [index, head] of heads.slice(1).entries()) {
    const before = heads[index] as (typeof heads)[number];
    expect(verifyConsistency(before, head, tree.consistency(before.size, head.size))).toBe(true);
  }
  return { tree, sizes: heads.map(({ size }) => size) };
}

test('the records of an hour are leaves of a signed tree, in the order of their times, and locked', async () => {
  deployed.write(line('10:20:00', 1), line('10:10:00', 0));
  await deployed.run('11:10');
  expect(hour('10').map(({ record }) => record.seq ?? record.event)).toEqual([0, 1, 'hour']);
  expect(hour('10')[2]?.record).toEqual({
    event: 'hour',
    hour: '2026-11-30T10',
    records: 2,
    late: 0,
    gaps: 0,
    failed: 0,
    refused: 0,
    unauthenticated: 0,
    limited: 0,
    unlogged: 0,
  });
  expect(audit().sizes).toEqual([3]);
  // A gateway of an earlier version names the member in the same line.
  expect(withoutRandomIds(hour('10'))).not.toMatch(/ada|bob/);
  for (const put of deployed.bucket.puts) {
    expect(put).toMatchObject({ IfNoneMatch: '*', ObjectLockMode: 'GOVERNANCE' });
    expect(put.ObjectLockRetainUntilDate?.toISOString()).toBe('2028-01-04T11:10:00.000Z');
  }
  expect(deployed.signed[0]).toMatchObject({ MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' });
});

test('each hour extends the tree of the hour before it, also an hour without requests, and hours that were missed', async () => {
  deployed.write(line('10:10:00', 0));
  await deployed.run('11:10');
  deployed.write(line('12:10:00', 1));
  await deployed.run('14:10');
  expect(audit().sizes).toEqual([2, 3, 5, 6]);
  expect(deployed.logged.map(({ hour, hoursClosed }) => [hour, hoursClosed])).toEqual(
    ['10', '11', '12', '13'].map((name) => [`2026-11-30T${name}`, 1]),
  );
});

test('an hour is closed once its lines have arrived, and no hour twice', async () => {
  await deployed.run('11:10');
  const before = deployed.bucket.keys;
  await deployed.run('11:59');
  await deployed.run('12:04');
  expect(deployed.bucket.keys).toEqual(before);
});

test('a line that arrives after its hour was closed goes into the next hour, and is counted', async () => {
  deployed.write(line('10:10:00', 0));
  await deployed.run('11:10');
  deployed.write(line('10:59:59', 1), line('11:00:01', 2));
  await deployed.run('12:10');
  expect(hour('11').at(-1)?.record).toMatchObject({ records: 2, late: 1, gaps: 0 });
  expect(audit().sizes).toEqual([2, 5]);
});

test('missing numbers are a leaf, and what closes the gap later is a record as any other', async () => {
  deployed.write(line('10:10:00', 0));
  await deployed.run('11:10');
  deployed.write(line('11:10:00', 4));
  await deployed.run('12:10');
  const gap = { event: 'gap', hour: '2026-11-30T11', stream: expect.any(String), seq: 1, to: 3 };
  expect(hour('11').map(({ record }) => record)).toEqual([
    expect.objectContaining({ seq: 4 }),
    gap,
    expect.objectContaining({ gaps: 1 }),
  ]);
  expect(deployed.logged.at(-1)).toMatchObject({ recordGaps: 1 });
  deployed.write(line('11:05:00', 2));
  await deployed.run('13:10');
  expect(hour('12').at(-1)?.record).toMatchObject({ records: 1, late: 1, gaps: 0 });
  deployed.write(line('12:30:00', 2), line('12:30:00', 1));
  await deployed.run('14:10');
  expect(hour('13').at(-1)?.record).toMatchObject({ records: 1, late: 1, gaps: 0 });
});

test('an invocation that failed is counted in its hour, because the record that it would have written has no number', async () => {
  deployed.write(line('10:10:00', 0));
  deployed.report('10:20:00', 'timeout');
  deployed.report('10:20:00', 'success');
  await deployed.run('11:10');
  expect(hour('10').at(-1)?.record).toMatchObject({ records: 1, gaps: 0, failed: 1, refused: 0 });
  expect(deployed.logged.at(-1)).toMatchObject({ recordGaps: 1 });
  await deployed.run('12:10');
  expect(hour('11').at(-1)?.record).toMatchObject({ failed: 0 });
});

test('a repeated line is one record; lines that are no leaves are refused and counted', async () => {
  const other = (fields: object) => JSON.stringify({ ...JSON.parse(line('10:10:00', 7)), ...fields });
  const bad = [
    '{"event":"residency"}',
    other({ salt: 'short' }),
    other({ seq: -1 }),
    other({ time: '2026-11-30T10:10:00Z' }),
    // Without canonical JSON, or of another form than any record.
    other({ tenant: '\ud800' }),
    other({ tokens: { prompt: 1, completion: 0, cached: 0 } }).replace('"prompt":1', '"prompt":1e400'),
    other({ attempts: [] }).replace('[]', `${'['.repeat(50_000)}${']'.repeat(50_000)}`),
    other({ prompt: 'secret' }),
    other({ member: { name: 'ada' } }),
    other({ attempts: [{ destination: 'a', sourceRegion: 'b', outcome: 'answered', answer: 'secret' }] }),
    other({ id: 'x'.repeat(1_000) }),
    other({ mayProcess: Array.from({ length: 4_000 }, () => 'x'.repeat(100)) }),
  ];
  for (const at of ['09:10', '10:10']) await deployed.run(at);
  deployed.write(line('10:10:00', 0), line('10:10:00', 0), ...bad);
  await deployed.run('11:10');
  expect(hour('10').at(-1)?.record).toMatchObject({ records: 1, refused: bad.length });
  expect(deployed.logged.at(-1)).toMatchObject({ recordsRefused: bad.length });
  await deployed.run('12:10');
  expect(hour('11').at(-1)?.record).toMatchObject({ records: 0, refused: 0 });
});

test('of two records with one number neither is a leaf, so a false one can’t take the place of the genuine one', async () => {
  await deployed.run('10:10');
  deployed.write(line('10:10:00', 0), line('10:10:00', 1), line('10:10:00', 1, { tokens: 0 }), line('10:20:00', 2));
  await deployed.run('11:10');
  expect(hour('10').map(({ record }) => record.seq ?? record.event)).toEqual([0, 2, 1, 'hour']);
  expect(hour('10').at(-1)?.record).toMatchObject({ records: 2, gaps: 1, refused: 2 });
  await deployed.run('12:10');
  expect(hour('11').at(-1)?.record).toMatchObject({ records: 0, refused: 0 });
});

test('a record with a number that the ledger has already is refused and counted', async () => {
  deployed.write(line('10:10:00', 0));
  await deployed.run('11:10');
  deployed.write(line('11:10:00', 0, { tokens: 2 }));
  await deployed.run('12:10');
  expect(hour('11').at(-1)?.record).toMatchObject({ records: 0, refused: 1 });
});

test('the order in which the log is read changes nothing', async () => {
  const lines = ['10:01:00', '10:02:00', '10:02:00', '10:03:00'].map((time, seq) => line(time, seq));
  deployed.write(...lines);
  await deployed.run('11:10');
  const { tree } = audit();
  deployed = new Deployed();
  deployed.page = 1;
  deployed.write(...lines.toReversed());
  await deployed.run('11:10');
  expect(audit().tree.root()).toEqual(tree.root());
});

test('a crash after any write, and any repetition, gives the same tree', async () => {
  const requests = ['10:01:00', '10:02:00', '11:03:00'].map((time, seq) => line(time, seq));
  deployed.write(...requests);
  for (const at of ['11:10', '12:10']) await deployed.run(at);
  const { tree: expected } = audit();
  const writes = deployed.bucket.puts.length;
  expect(writes).toBe(7);
  for (let crash = 1; crash <= writes; crash += 1) {
    deployed = new Deployed();
    deployed.write(...requests);
    let left = crash;
    deployed.bucket.afterPut = () => {
      left -= 1;
      if (left === 0) throw new Error('crashed');
    };
    const crashed: unknown[] = [];
    for (const at of ['11:10', '11:20', '12:10', '12:20']) await deployed.run(at).catch((error) => crashed.push(error));
    expect(crashed).toHaveLength(1);
    const { tree, sizes } = audit();
    expect(sizes).toEqual([3, 5]);
    expect(tree.leaf(0)).toEqual(expected.leaf(0));
  }
});

test('two runs at once write one tree, even if only one of them sees a line', async () => {
  deployed.write(line('10:10:00', 0));
  let overtaken = false;
  deployed.bucket.beforePut = (key) => {
    if (overtaken || !key.endsWith('.ndjson.gz')) return;
    overtaken = true;
    deployed.write(line('10:20:00', 1));
  };
  await Promise.all([deployed.run('11:10'), deployed.run('11:10'), deployed.run('11:11')]);
  expect(audit().sizes).toHaveLength(1);
  await deployed.run('12:10');
  const seqs = ['10', '11'].flatMap(hour).flatMap(({ record }) => (record.event === 'residency' ? [record.seq] : []));
  expect(seqs.toSorted()).toEqual([0, 1]);
});

test.each<[string, string]>([
  ['the records of the last hour', 'ledger/2026/11/30/11.ndjson.gz'],
  ['the last state', 'ledger/2026/11/30/11.state.json'],
  ['the last checkpoint', 'ledger/checkpoints/3'],
  ['the beginning', 'ledger/start.json'],
])(
  '%s that were overwritten or hidden raise an alarm, and the ledger goes on with the first version',
  async (_, key) => {
    deployed.write(line('10:10:00', 0));
    for (const at of ['11:10', '12:10']) await deployed.run(at);
    expect(deployed.bucket.keys).toContain(key);
    expect(deployed.logged.filter(({ ledgerForks }) => ledgerForks !== undefined)).toEqual([]);
    deployed.bucket.overwrite(key, Buffer.from('{}'));
    for (let version = 0; version < 12; version += 1) deployed.bucket.hide(key);
    await deployed.run('13:10');
    expect(audit().sizes).toEqual([2, 3, 4]);
    expect(deployed.bucket.puts.filter(({ Key }) => Key === key)).toHaveLength(1);
    expect(deployed.logged.at(-1)).toMatchObject({ ledgerForks: 1, replaced: 1 });
  },
);

test('a beginning that was deleted isn’t written again with another hour', async () => {
  for (const at of ['11:10', '12:10']) await deployed.run(at);
  deployed.bucket.remove('ledger/start.json');
  await expect(deployed.run('13:10')).rejects.toThrow(
    /ledger\/start\.json has no version, but ledger\/2026\/11\/30\/10\.state\.json exists/,
  );
  expect(deployed.bucket.keys).not.toContain('ledger/start.json');
});

test('a beginning that was deleted and written again stops the ledger, because states exist', async () => {
  deployed = new Deployed('2026-11-29');
  await deployed.run('22:10');
  deployed.bucket.forge('ledger/start.json', Buffer.from('{"hour":"2026-11-30T00"}'));
  deployed.day = '2026-11-30';
  await expect(deployed.run('01:10')).rejects.toThrow(
    /would begin with 2026-11-30T00, but ledger\/2026\/11\/29\/21\.state\.json exists; no hour is closed until .* docs\/OPERATIONS\.md/,
  );
  expect(deployed.logged.at(-1)).toMatchObject({ ledgerForks: 1, stopped: 'LedgerFork' });
});

test.each<[string, (bytes: Buffer) => Buffer]>([
  ['another record with the number of one in the log', (bytes) => edited(bytes, '"prompt":1', '"prompt":9')],
  ['no leaf of the hour', (bytes) => edited(bytes, '"hour":"2026-11-30T11"', '"hour":"2026-11-30T10"')],
  ['no lines', () => Buffer.from('{}')],
])('a file of an hour with %s, which another principal wrote first, stops the ledger', async (_, forge) => {
  deployed.write(line('11:10:00', 0));
  const other = new Deployed();
  other.lines.push(...deployed.lines);
  for (const at of ['11:10', '12:10']) await other.run(at);
  await deployed.run('11:10');
  const file = 'ledger/2026/11/30/11.ndjson.gz';
  deployed.bucket.overwrite(file, forge(other.bucket.bytes(file)));
  await expect(deployed.run('12:10')).rejects.toThrow(LedgerFork);
  expect(deployed.logged.at(-1)).toMatchObject({ ledgerForks: 1 });
  deployed.bucket.forge(file, other.bucket.bytes(file));
  await deployed.run('12:20');
  expect(audit().sizes).toEqual([1, 3]);
});

/** Stores the lines of an hour, and nothing after them. */
async function crashAfterLines(): Promise<void> {
  await deployed.run('10:10');
  deployed.write(line('10:10:00', 0), line('10:20:00', 1));
  deployed.bucket.afterPut = (key) => {
    if (key.endsWith('10.ndjson.gz')) throw new Error('crashed');
  };
  await expect(deployed.run('11:10')).rejects.toThrow('crashed');
  deployed.bucket.afterPut = () => {};
}

test.each([true, false])(
  'records that were stored before a run stopped, and whose log was deleted, are stated by the next hour, whether that run stops too (%s) or not',
  async (stops) => {
    await crashAfterLines();
    deployed.lines.length = 0;
    deployed.bucket.afterPut = (key) => {
      if (stops && key.endsWith('10.state.json')) throw new Error('crashed');
    };
    await deployed.run('12:10').catch(() => deployed.run('12:20'));
    expect(deployed.logged).toContainEqual(expect.objectContaining({ hoursClosed: 1, ledgerForks: 1, unlogged: 2 }));
    expect(hour('10').at(-1)?.record).toMatchObject({ records: 2, unlogged: 0 });
    expect(hour('11').at(-1)?.record).toMatchObject({ records: 0, unlogged: 2 });
    await deployed.run('13:10');
    expect(hour('12').at(-1)?.record).toMatchObject({ unlogged: 0 });
    expect(audit().sizes).toEqual([1, 4, 5, 6]);
  },
);

test('records that were stored before a run stopped aren’t missed in a log that can’t be read as a whole', async () => {
  await crashAfterLines();
  deployed.bounds = { ...ROOMY, lines: 1 };
  await deployed.run('12:10');
  expect(hour('11').at(-1)?.record).toMatchObject({ unlogged: 0 });
});

const edited = (bytes: Buffer, from: string, to: string): Buffer =>
  gzipSync(gunzipSync(bytes).toString('utf8').replaceAll(from, to));

test('the state of another hour stops the ledger', async () => {
  await deployed.run('11:10');
  deployed.bucket.overwrite(
    'ledger/2026/11/30/19.state.json',
    deployed.bucket.bytes('ledger/2026/11/30/10.state.json'),
  );
  await expect(deployed.run('20:10')).rejects.toThrow(/19\.state\.json holds the state of another hour/);
});

test('a checkpoint that is missing, of another tree, or of another key, stops the ledger', async () => {
  await deployed.run('11:10');
  const own = deployed.bucket.text('ledger/checkpoints/1');
  deployed.bucket.forge('ledger/checkpoints/1', Buffer.from(own.replace('\n1\n', '\n2\n')));
  await expect(deployed.run('12:10')).rejects.toThrow(
    /the checkpoint of 1 leaves states another tree than their records/,
  );
  deployed.bucket.remove('ledger/checkpoints/1');
  await expect(deployed.run('12:10')).rejects.toThrow(LedgerFork);
  const other = new Deployed();
  await other.run('11:10');
  deployed.bucket.forge('ledger/checkpoints/1', other.bucket.bytes('ledger/checkpoints/1'));
  await expect(deployed.run('12:10')).rejects.toThrow(/another tree|isn't this ledger's/);
});

test('a gateway without a log stops the run before anything is written', async () => {
  deployed.groups = [];
  await expect(deployed.run('11:10')).rejects.toThrow(/no log group's name begins with sample-projects-Gateway-/);
  expect(deployed.bucket.keys).toEqual(['ledger/start.json']);
  expect(deployed.logged).toEqual([expect.objectContaining({ ledgerForks: 0, stopped: 'Error' })]);
});

const ROOMY: LogBounds = { lines: 1_000, characters: 100_000, time: 100 };
const GROUP = 'sample-projects-Gateway-1';

test.each<[keyof LogBounds, Partial<LogBounds>, number]>([
  ['lines', { lines: 3 }, 4],
  ['characters', { characters: 500 }, 4],
  ['time', { time: 2 }, 2],
])('too much of an hour by %s becomes a leaf that says so, and the ledger goes on', async (reason, bounds, read) => {
  deployed.bounds = { ...ROOMY, ...bounds };
  deployed.page = reason === 'time' ? 1 : 100;
  await deployed.run('10:10');
  deployed.pageMs = 1;
  deployed.write(...[0, 1, 2, 3].map((seq) => line('10:10:00', seq)));
  await deployed.run('11:10');
  const overflow = { event: 'overflow', hour: '2026-11-30T10', logGroup: GROUP, reason, read, unread: 'hour' };
  expect(hour('10').map(({ record }) => record)).toEqual([
    overflow,
    ...(reason === 'time' ? [{ ...overflow, read: 0, unread: 'late' }] : []),
    expect.objectContaining({ event: 'hour', records: 0 }),
  ]);
  expect(deployed.logged.at(-1)).toMatchObject({ hoursClosed: 1, recordGaps: 1 });
  deployed.bounds = ROOMY;
  await deployed.run('12:10');
  expect(hour('11').at(-1)?.record).toMatchObject({ records: 4, late: 4, gaps: 0 });
  audit();
});

test('an hour with too many late lines of the hour before it is closed without those', async () => {
  deployed.bounds = { ...ROOMY, lines: 3 };
  await deployed.run('10:10');
  deployed.write(...[0, 1, 2, 3].map((seq) => line('10:10:00', seq)), line('11:10:00', 4));
  for (const at of ['11:10', '12:10']) await deployed.run(at);
  expect(hour('11').map(({ record }) => record)).toEqual([
    expect.objectContaining({ seq: 4 }),
    expect.objectContaining({ event: 'gap', seq: 0, to: 3 }),
    { event: 'overflow', hour: '2026-11-30T11', logGroup: GROUP, reason: 'lines', read: 4, unread: 'late' },
    expect.objectContaining({ event: 'hour', records: 1 }),
  ]);
});

test('lines of the hour before that are in the ledger need no room', async () => {
  deployed.bounds = { ...ROOMY, lines: 3 };
  await deployed.run('10:10');
  for (const name of [10, 11, 12]) {
    deployed.write(...[0, 1, 2].map((seq) => line(`${name}:10:00`, (name - 10) * 3 + seq)));
    await deployed.run(`${name + 1}:10`);
    expect(hour(`${name}`).at(-1)?.record).toMatchObject({ records: 3, late: 0, gaps: 0, refused: 0 });
    expect(deployed.logged.at(-1)).toMatchObject({ recordGaps: 0 });
  }
});

test('a gateway with too many lines loses its own records, and takes no room from others', async () => {
  const other = 'sample-workspace-Gateway-1';
  deployed.groups = [{ logGroupName: GROUP }, { logGroupName: other }];
  deployed.bounds = { ...ROOMY, lines: 5 };
  deployed.page = 4;
  await deployed.run('10:10');
  deployed.write(...[0, 1, 2, 3, 4, 5].map((seq) => line('10:10:00', seq)));
  deployed.writeTo(other, ...[0, 1, 2].map((seq) => line('10:20:00', seq, { stream: 'stream-of-another-one' })));
  await deployed.run('11:10');
  expect(hour('10').map(({ record }) => record.stream ?? record.logGroup)).toEqual([
    ...Array.from({ length: 3 }, () => 'stream-of-another-one'),
    GROUP,
    undefined,
  ]);
});

test('log groups that another principal made hide no gateway, and the oldest is read first', async () => {
  const made = Array.from({ length: 60 }, (_, index) => ({ logGroupName: `decoy-${index}`, creationTime: 2 }));
  deployed.groups = [...made, { logGroupName: GROUP, creationTime: 1 }];
  deployed.bounds = { ...ROOMY, time: 10 };
  await deployed.run('10:10');
  deployed.pageMs = 1;
  deployed.write(line('10:10:00', 0));
  await deployed.run('11:10');
  expect(hour('10').at(-1)?.record).toMatchObject({ records: 1 });
});

test.each<[string, object, object]>([
  ['without a key or token, which anyone can make,', { tenant: 'unauthenticated' }, { unauthenticated: 50 }],
  ['over a limit, which any key can make,', { reason: 'rate_limit_exceeded' }, { limited: 50 }],
])('requests %s are counted and need no room', async (_, fields, counts) => {
  deployed.bounds = { ...ROOMY, lines: 3 };
  const { stream: _stream, seq: _seq, salt: _salt, ...refused } = JSON.parse(line('10:10:00', 0));
  const text = JSON.stringify({ ...refused, outcome: 'refused', ...fields });
  await deployed.run('10:10');
  const numbered = { ...JSON.parse(line('10:05:00', 0)), outcome: 'refused', ...fields };
  deployed.write(JSON.stringify(numbered), ...Array.from({ length: 50 }, () => text), line('10:15:00', 1));
  await deployed.run('11:10');
  const none = { unauthenticated: 0, limited: 0 };
  expect(hour('10').at(-1)?.record).toMatchObject({ records: 2, gaps: 0, refused: 0, ...none, ...counts });
  await deployed.run('12:10');
  expect(hour('11').at(-1)?.record).toMatchObject(none);
});

test('lines of 0.1.0 are expected in the first two hours, in which gateways are updated, and in no later one', async () => {
  const old = (time: string) => {
    const { stream: _, seq: __, salt: ___, ...record } = JSON.parse(line(time, 0));
    return JSON.stringify(record);
  };
  deployed.write(...['10:50:00', '11:03:00', '12:03:00'].map(old), line('11:08:00', 0));
  for (const at of ['11:10', '12:10', '13:10']) await deployed.run(at);
  expect(['10', '11', '12'].map((name) => hour(name).at(-1)?.record.refused)).toEqual([0, 0, 1]);
});

test('a line counts as late by when it was written, not by when its request began', async () => {
  await deployed.run('11:10');
  deployed.writeAt('2026-11-30T12:00:05Z', line('11:59:59', 0));
  for (const at of ['12:10', '13:10']) await deployed.run(at);
  expect(hour('12').at(-1)?.record).toMatchObject({ records: 1, late: 0 });
});

test('an hour is counted before its state is written, so a crash after that hides no gap', async () => {
  await deployed.run('11:10');
  deployed.write(line('11:10:00', 0), line('11:11:00', 3));
  deployed.bucket.afterPut = (key) => {
    if (key.endsWith('11.state.json')) throw new Error('crashed');
  };
  await expect(deployed.run('12:10')).rejects.toThrow('crashed');
  expect(deployed.logged).toContainEqual(expect.objectContaining({ hour: '2026-11-30T11', recordGaps: 1 }));
});
