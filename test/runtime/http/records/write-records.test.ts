import { EvidenceStream } from '@/lib/runtime/http/records/evidence-line';
import { toOperations } from '@/lib/runtime/http/records/operations';
import type { RequestLog } from '@/lib/runtime/http/records/request-log';
import { toRecord } from '@/lib/runtime/http/records/residency-record';
import { writeRecords } from '@/lib/runtime/http/records/write-records';

const logs: RequestLog[] = [
  { route: 'responses', tenant: 'sciences', model: 'assistant', tokens: { prompt: 1, completion: 2, cached: 0 } },
  { route: 'responses', tenant: 'sciences', model: 'assistant', tokens: { prompt: 3, completion: 4, cached: 0 } },
  { route: 'other', tenant: 'sciences', reason: 'invalid_value' },
  { route: 'other', tenant: 'sciences', reason: 'content_unreadable', intervened: true },
];

test('each record is one line of JSON, whichever records were written before', () => {
  const written: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(`${text}`) > 0);
  const records = [...logs, ...logs].map((log, index) => {
    const status = log.reason === undefined ? 200 : 400;
    const record = toRecord(log, { id: `${index}`, time: new Date(index), status, retention: 'not-stored' });
    return [record, toOperations(record, log, { status, begin: index, latency: index, firstByte: 1 })] as const;
  });
  for (const pair of records) writeRecords(...pair);
  write.mockRestore();
  const lines = written.map((text) => text.split('\n'));
  const read = lines.map(([first = '']) => JSON.parse(first));
  const [{ stream }] = read;
  expect(stream).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(read.map(({ salt }) => salt)).size).toBe(records.length);
  for (const { salt } of read) expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
  records.forEach(([record, operations], seq) => {
    expect(read[seq]).toEqual({ ...JSON.parse(JSON.stringify(record)), stream, seq, salt: read[seq].salt });
    expect(lines[seq]?.slice(1)).toEqual([JSON.stringify(operations), '']);
  });
});

test('two processes write two streams, each from 0', () => {
  const record = toRecord(logs[0] as RequestLog, { id: '1', time: new Date(0), status: 200, retention: 'not-stored' });
  const [one, other] = [new EvidenceStream(), new EvidenceStream()];
  const written = [one.line(record), other.line(record), one.line(record)];
  expect(written).toEqual([0, 0, 1].map((seq) => expect.objectContaining({ seq })));
  expect(new Set(written.map((line) => 'stream' in line && line.stream)).size).toBe(2);
});

test('the record of a request without a valid key or token, or over a limit, has no number', () => {
  const of = (log: Partial<RequestLog>, status: number) =>
    toRecord(
      { route: 'other', tenant: 'sciences', ...log },
      { id: '1', time: new Date(0), status, retention: 'not-stored' },
    );
  const stream = new EvidenceStream();
  const counted = [
    of({ tenant: 'unauthenticated', reason: 'invalid_api_key' }, 401),
    of({ reason: 'rate_limit_exceeded' }, 429),
    of({ reason: 'insufficient_quota' }, 429),
    of({ reason: 'concurrent_requests' }, 429),
  ];
  for (const record of counted) expect(stream.line(record)).toEqual(record);
  const numbered = [
    of({ reason: 'invalid_value' }, 400),
    of({ reason: 'rate_limit_exceeded', act: 'member.add' }, 429),
    // A tenant can have this ID.
    of({ tenant: 'unauthenticated' }, 200),
    { ...of({ reason: 'rate_limit_exceeded' }, 429), attempts: [] },
  ];
  numbered.forEach((record, seq) => {
    expect(stream.line(record)).toMatchObject({ seq });
  });
});
