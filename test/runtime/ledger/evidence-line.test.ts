import { EvidenceStream, type EvidenceLine as WrittenLine } from '@/lib/runtime/http/records/evidence-line';
import type { RequestLog } from '@/lib/runtime/http/records/request-log';
import { toRecord } from '@/lib/runtime/http/records/residency-record';
import { evidenceLine } from '@/lib/runtime/ledger/evidence-line';

const DESTINATION = { id: 'd', provider: 'bedrock', sourceRegion: 'eu-central-1', regions: ['eu-central-1'] };

/** A request with everything that a record can have. */
const WHOLE = {
  route: 'chat.completions',
  tenant: 'sciences',
  member: 'ada',
  act: 'member.add',
  about: 'bob',
  reason: 'provider_failed',
  model: 'assistant',
  destination: { ...DESTINATION, api: 'chat-completions' },
  requestIds: ['one'],
  failedAttempts: [
    {
      ...DESTINATION,
      destination: 'e',
      api: 'chat-completions',
      failure: 'throttled',
      requestIds: ['two'],
      mayProcess: ['eu-north-1'],
    },
  ],
  skipped: [{ destination: 'f', sourceRegion: 'eu-west-1', why: 'out-of-use' }],
  tokens: { prompt: 1, completion: 2, cached: 3, cacheWrite: 4, estimated: true },
  intervened: true,
} as unknown as RequestLog;

const FIELDS: Record<keyof WrittenLine, true> = {
  event: true,
  stream: true,
  seq: true,
  salt: true,
  id: true,
  time: true,
  tenant: true,
  member: true,
  act: true,
  about: true,
  model: true,
  destination: true,
  sourceRegion: true,
  api: true,
  attempts: true,
  skipped: true,
  mayProcess: true,
  retention: true,
  tokens: true,
  intervened: true,
  outcome: true,
  reason: true,
};

const written = (log: RequestLog) => {
  const about = { id: '1', time: new Date(0), status: 200, retention: 'not-stored' } as const;
  return JSON.stringify(new EvidenceStream().line(toRecord(log, about)));
};

test('the ledger accepts the line of a gateway with every field, and only those without it that may be absent', () => {
  const line = JSON.parse(written(WHOLE));
  expect(Object.keys(line).sort()).toEqual(Object.keys(FIELDS).sort());
  const { salt, member: _, about: __, ...record } = line;
  expect(evidenceLine(JSON.stringify(line))).toEqual({ record, salt });
  const required = Object.keys(line).filter(
    (key) => evidenceLine(JSON.stringify({ ...line, [key]: undefined })) === undefined,
  );
  expect(required).toEqual(['event', 'id', 'time', 'tenant', 'retention', 'outcome', 'stream', 'seq', 'salt']);
  const tokens = ['cacheWrite', 'estimated'].map((key) => ({ ...line.tokens, [key]: undefined }));
  for (const some of tokens) expect(evidenceLine(JSON.stringify({ ...line, tokens: some }))).toBeDefined();
});

test('the ledger accepts the line of a request that called no model', () => {
  expect(evidenceLine(written({ route: 'models', tenant: 'sciences' } as RequestLog))).toBeDefined();
});
