import { DynamoDbCounters } from '@/lib/runtime/gateway/limits/dynamodb-counters';
import { requestsOf, tokensOf } from '@/lib/runtime/gateway/limits/windows';
import { DynamoDbMemberUsage } from '@/lib/runtime/records/member-usage';
import { LocalTable } from '@/test/support/local-table';

const table = new LocalTable();
beforeAll(async () => {
  await table.start();
  const counters = new DynamoDbCounters({ client: table.client, name: table.name });
  const use = async (tenant: string, day: string, tokens: number, member?: string) => {
    const time = new Date(`${day}T23:59:59Z`);
    await counters.add(tokensOf(tenant, time, member).counter, tokens, undefined, { cached: 2, cacheWrite: 1 });
    await counters.add(requestsOf(tenant, time).counter, 1);
  };
  await use('sciences', '2026-10-31', 1_000, 'anna');
  await use('sciences', '2026-11-01', 100, 'anna');
  await use('sciences', '2026-11-01', 107);
  await use('sciences', '2026-11-30', 20, 'zoe-with-the-last-id');
  await use('sciences', '2026-11-30', 7, 'anna');
  await use('office', '2026-11-02', 5_000, 'anna');
});
afterAll(() => table.stop());

test('the days of each member of the workspace are summed, both ends included, who used most first', async () => {
  const usage = new DynamoDbMemberUsage({ client: table.client, name: table.name }, 'sciences');
  expect(await usage.of('2026-11-01', '2026-11-30')).toEqual([
    { member: 'anna', tokens: 107, cached: 4, cacheWrite: 2 },
    { member: 'zoe-with-the-last-id', tokens: 20, cached: 2, cacheWrite: 1 },
  ]);
});
