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
  expect(written).toEqual(records.map((pair) => pair.map((record) => `${JSON.stringify(record)}\n`).join('')));
});
