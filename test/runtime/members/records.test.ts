import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LocalRecords } from '@/lib/local/local-records';
import { Store } from '@/lib/local/store';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import type { ResidencyRecord } from '@/lib/runtime/http/records/residency-record';
import { CloudWatchRecords } from '@/lib/runtime/records/cloudwatch-records';
import type { MemberUsage } from '@/lib/runtime/records/member-usage';
import type { RecordLog, RecordQuery } from '@/lib/runtime/records/record-log';
import { recordsGateway } from '@/lib/runtime/records/records-gateway';
import { jsonOf } from '@/test/support/json-of';
import { withoutRandomIds } from '@/test/support/random-ids';
import { WORKSPACE } from '../gateway/support/policies';

const NOW = new Date('2026-11-27T12:00:00.000Z');

const recordAt = (hour: number, over: Partial<ResidencyRecord> = {}): ResidencyRecord => ({
  event: 'residency',
  id: `id-${hour}`,
  time: `2026-11-27T${`${hour}`.padStart(2, '0')}:00:00.000Z`,
  tenant: 'sciences',
  retention: 'may-be-stored-inside',
  outcome: 'answered',
  ...over,
});

/** An auditor's request for records. */
function readerOf(records: RecordLog, monitoring: { until?: string; usage?: MemberUsage } = {}) {
  const { until, usage } = monitoring;
  const written: ResidencyRecord[] = [];
  const gateway = recordsGateway({
    policy: admitPolicy(parsePolicy(JSON.stringify(WORKSPACE))),
    records,
    ...(until && { perMember: { reason: 'agreed', approver: 'Ada', until } }),
    usage,
    middleware: [],
    record: (record) => void written.push(record),
    now: () => NOW,
  });
  const ask = async (query = '', below = '') => {
    const response = await gateway.fetch(new Request(`https://gateway.invalid/admin/v1/records${below}${query}`));
    return { status: response.status, answer: await jsonOf(response) };
  };
  return { ask, written };
}

test('without times, the records of the last day are read', async () => {
  const asked: RecordQuery[] = [];
  await readerOf({ page: async (query) => ({ records: asked.push(query) ? [] : [] }) }).ask();
  expect(asked).toMatchObject([{ since: new Date('2026-11-26T12:00:00.000Z'), until: NOW }]);
});

describe('records in the store of serve', () => {
  const store = Store.open(mkdtempSync(path.join(tmpdir(), 'records-')));
  const local = new LocalRecords(store, 'sciences', Number.POSITIVE_INFINITY);
  local.add('requests', recordAt(6, { member: 'ada' }));
  local.add('requests', recordAt(7, { member: 'eve' }));
  local.add('requests', recordAt(8, { member: 'ada' }));
  local.add('acts', recordAt(9, { member: 'root', act: 'member.disable', about: 'ada' }));
  new LocalRecords(store, 'office', Number.POSITIVE_INFINITY).add('requests', recordAt(7));
  afterAll(() => store.close());

  test.each<[string, string[]]>([
    ['', ['id-6', 'id-7', 'id-8']],
    ['?member=ada', ['id-6', 'id-8']],
    ['?of=acts&member=ada', ['id-9']],
    ['?since=2026-11-27T07:00:00Z&until=2026-11-27T08:00:00Z', ['id-7']],
    ['?until=2026-11-26T08:00:00Z', []],
  ])('%s are only those of this workspace', async (query, expected) => {
    const { answer } = await readerOf(local, { until: '2026-11-27' }).ask(query);
    expect(answer.data.map(({ id }: ResidencyRecord) => id)).toEqual(expected);
    expect([answer.has_more, answer.next]).toEqual([false, null]);
  });

  test('appear once across pages', async () => {
    const { ask } = readerOf(local);
    const ids: string[] = [];
    for (let next = ''; next !== 'null'; ) {
      const { answer } = await ask(`?limit=1${next}`);
      ids.push(...answer.data.map(({ id }: ResidencyRecord) => id));
      next = answer.next === null ? 'null' : `&after=${answer.next}`;
    }
    expect(ids).toEqual(['id-6', 'id-7', 'id-8']);
  });

  test('are recorded as read', async () => {
    const { ask, written } = readerOf(local);
    await ask();
    expect(written).toMatchObject([{ act: 'record.list', outcome: 'answered' }]);
  });

  describe('without a declaration', () => {
    test.each([undefined, '2026-11-26'])(
      'which ends on %s, requests name no member and are not found by one',
      async (until) => {
        const { ask, written } = readerOf(local, { until });
        const { answer } = await ask();
        expect(answer.data).toHaveLength(3);
        expect(JSON.stringify(answer)).not.toMatch(/"(ada|eve)"/);
        const refused = await ask('?member=ada');
        expect([refused.status, refused.answer.error.code]).toEqual([403, 'monitoring_refused']);
        expect(refused.answer.error.message).toContain(
          "declare 'monitoring: { perMember: { reason, approver, until } }'",
        );
        expect(withoutRandomIds(written)).not.toContain('ada');
      },
    );

    test('acts of administrators are found by the member concerned', async () => {
      const { answer } = await readerOf(local).ask('?of=acts&member=ada');
      expect(answer.data).toMatchObject([{ member: 'root', about: 'ada' }]);
    });

    test('the use of single members is refused, and the refusal is recorded', async () => {
      const { ask, written } = readerOf(local, { usage: { of: () => Promise.reject(new Error('read')) } });
      const { status, answer } = await ask('', '/usage');
      expect([status, answer.error.code]).toEqual([403, 'monitoring_refused']);
      expect(written).toMatchObject([{ act: 'usage.list', outcome: 'refused', reason: 'monitoring_refused' }]);
    });
  });

  describe('while a declaration applies', () => {
    const use = { member: 'ada', tokens: 7, cached: 0, cacheWrite: 0 };
    const reader = () => {
      const asked: string[][] = [];
      const usage: MemberUsage = { of: async (...days) => (asked.push(days) ? [use] : []) };
      return { asked, ...readerOf(local, { until: '2026-11-27', usage }) };
    };

    test('records name their members, and a search for one is recorded as about them', async () => {
      const { ask, written } = reader();
      expect((await ask()).answer.data[0].member).toBe('ada');
      await ask('?member=ada');
      await ask('?member=no-such-member');
      expect(written.map(({ about }) => about)).toEqual([undefined, 'ada', undefined]);
    });

    test('the use of single members is shown, for 30 days by default, and recorded', async () => {
      const { ask, asked, written } = reader();
      const { answer } = await ask('', '/usage');
      expect(answer).toMatchObject({ since: '2026-10-29', until: '2026-11-27', data: [use] });
      await ask('?since=2026-11-01&until=2026-11-02', '/usage');
      expect(asked).toEqual([
        ['2026-10-29', '2026-11-27'],
        ['2026-11-01', '2026-11-02'],
      ]);
      expect(written).toMatchObject([{ act: 'usage.list' }, { act: 'usage.list' }]);
    });

    test.each([
      ['?since=2026-11-28', 'since'],
      ['?until=2026-13-01', 'until'],
      ['?since=2026-11-01T00:00:00Z', 'since'],
    ])('%s is refused', async (query, param) => {
      const { status, answer } = await reader().ask(query, '/usage');
      expect([status, answer.error.param]).toEqual([400, param]);
    });
  });

  test.each([
    ['?of=content', "'of' must be 'requests' or 'acts' or 'rights'"],
    ['?limit=0', "'limit' must be a whole number from 1 to 1000"],
    ['?limit=1001', "'limit' must be"],
    ['?since=yesterday', "'since' must be a time before 'until'"],
    ['?since=2026-11-28T00:00:00Z', "'since' must be a time before 'until'"],
    ['?until=2026-13-01T00:00:00Z', "'until' must be a time"],
    ['?member=a%22b', "'member' must be"],
    ['?after=other', "'after' must be the 'next' of an earlier page"],
  ])('%s is refused', async (query, message) => {
    const { status, answer } = await readerOf(local).ask(query);
    expect([status, answer.error.code]).toEqual([400, 'invalid_value']);
    expect(answer.error.message).toContain(message);
  });
});

describe('records in the logs of a deployment', () => {
  type Asked = Record<string, unknown>;
  const logsOf = (pages: readonly ({ events: unknown[]; nextToken?: string } | Error)[]) => {
    const asked: Asked[] = [];
    const send = async ({ input }: { input: Asked }) => {
      const page = pages[asked.push(input) - 1];
      if (page instanceof Error) throw page;
      return page ?? { events: [] };
    };
    const records = new CloudWatchRecords({ send } as never, {
      requests: 'gateway',
      acts: 'administration',
      rights: 'rights',
    });
    return { asked, ...readerOf(records) };
  };
  const event = (value: unknown) => ({ message: typeof value === 'string' ? value : JSON.stringify(value) });

  test('are the only lines shown, for the requested time and member', async () => {
    const { ask, asked } = logsOf([
      { events: [event('START'), event({ event: 'operations' }), event(recordAt(6)), event(recordAt(7))] },
    ]);
    const { answer } = await ask('?of=acts&member=ada-1&since=2026-11-27T06:00:00Z&until=2026-11-27T09:00:00Z');
    expect(answer.data.map(({ id }: ResidencyRecord) => id)).toEqual(['id-6', 'id-7']);
    expect(asked).toEqual([
      {
        logGroupName: 'administration',
        startTime: Date.parse('2026-11-27T06:00:00Z'),
        endTime: Date.parse('2026-11-27T09:00:00Z') - 1,
        filterPattern: '{ ($.event = "residency") && (($.member = "ada-1") || ($.about = "ada-1")) }',
        limit: 100,
        nextToken: undefined,
      },
    ]);
  });

  test('are searched for through empty stretches with a bounded number of calls, and the next page continues there', async () => {
    const stretches = Array.from({ length: 6 }, (_, nth) => ({ events: [], nextToken: `token/${nth}=` }));
    const { ask, asked } = logsOf([...stretches.slice(0, 5), { events: [event(recordAt(6))] }]);
    const { answer } = await ask();
    expect([answer.data, answer.has_more, asked.length]).toEqual([[], true, 5]);
    expect((await ask(`?after=${answer.next}`)).answer.data).toHaveLength(1);
    expect(asked[5]?.nextToken).toBe('token/4=');
  });

  test.each<[string, string, unknown[]]>([
    ['InvalidParameterException', '?after=AAAA', [400, 'invalid_value']],
    ['InvalidParameterException', '', [500, 'internal_error']],
    ['ThrottlingException', '', [503, 'records_unavailable']],
  ])('%s to a question %s', async (name, query, expected) => {
    const { ask } = logsOf([Object.assign(new Error('x'), { name })]);
    const { status, answer } = await ask(query);
    expect([status, answer.error.code]).toEqual(expected);
  });
});
