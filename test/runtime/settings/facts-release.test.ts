import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { RETENTION_CHECKS_PARTITION } from '@/lib/boundary/retention-check';
import type { SettingsPolicy } from '@/lib/contract/policies/settings-policy';
import type { FactsRelease } from '@/lib/facts/release-facts';
import { parseSettingsPolicy } from '@/lib/runtime/settings/policy';
import { ReadingsStore } from '@/lib/runtime/settings/readings-store';
import { LocalTable } from '../../support/local-table';
import { FakeControlPlane } from './support/fake-control-plane';
import { CHECK, event, PROFILE, providerFor, REGIONS, RETENTION } from './support/settings-handler';

const fake = new FakeControlPlane();
let table: LocalTable;
beforeAll(() => fake.start(...REGIONS));
afterAll(() => fake.stop());
beforeEach(async () => {
  table = await new LocalTable().start();
  fake.reset();
  for (const code of REGIONS) fake.region(code).mode = 'none';
  fake.region('eu-central-1').profiles[PROFILE] = REGIONS;
});
afterEach(() => table.stop());

const release = (version: number, digest = String(version % 10).repeat(64)): FactsRelease => ({
  version,
  digest,
  checkedAt: '2026-11-24',
  nextCheck: '2027-01-23',
  expires: '2027-02-22',
});

const store = () => new ReadingsStore(table.client, table.name);

/** Deploys a policy with this release; the answer to CloudFormation. */
async function deployed(of: FactsRelease | undefined, requestType: 'Create' | 'Update' | 'Delete' = 'Update') {
  const policy: SettingsPolicy = { ...CHECK, ...(of && { release: of }) };
  const { handler, answers } = providerFor(fake, policy, { storeRelease: (one) => store().raise(one) });
  await handler(event(requestType));
  return answers[0];
}

async function highest(): Promise<string | undefined> {
  const { Item } = await table.client.send(
    new GetItemCommand({ TableName: table.name, Key: { pk: { S: 'facts-release' }, sk: { S: 'highest' } } }),
  );
  return Item?.version?.N;
}

describe('a deployment', () => {
  test('stores the version of its release, and accepts it again and any later one', async () => {
    expect(await deployed(release(4), 'Create')).toMatchObject({ Status: 'SUCCESS' });
    expect(await deployed(release(4))).toMatchObject({ Status: 'SUCCESS' });
    expect(await highest()).toBe('4');
    // As numbers: as text, 10 would be less than 4.
    expect(await deployed(release(10))).toMatchObject({ Status: 'SUCCESS' });
    expect(await highest()).toBe('10');
  });

  test('refuses an older release', async () => {
    await deployed(release(10));
    const answer = await deployed(release(9));
    expect(answer).toMatchObject({ Status: 'FAILED' });
    expect(answer?.Reason).toMatch(
      /^facts release 9 \(9{12}\) is older than (release 10|the one) that was deployed before; merge/,
    );
    expect(await highest()).toBe('10');
  });

  test('refuses other content under the same version', async () => {
    await deployed(release(4));
    const answer = await deployed(release(4, 'f'.repeat(64)));
    expect(answer).toMatchObject({ Status: 'FAILED' });
    expect(await deployed(release(4))).toMatchObject({ Status: 'SUCCESS' });
  });

  test('without a release compares and stores nothing', async () => {
    await deployed(release(4));
    expect(await deployed(undefined)).toMatchObject({ Status: 'SUCCESS' });
    expect(await highest()).toBe('4');
  });

  test('that stops for another reason leaves the version as it is', async () => {
    await deployed(release(4));
    fake.region('eu-west-1').mode = 'default';
    expect(await deployed(release(5))).toMatchObject({ Status: 'FAILED' });
    expect(await highest()).toBe('4');
  });

  test('that deletes the resource leaves the version as it is', async () => {
    expect(await deployed(release(4), 'Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(await highest()).toBeUndefined();
  });

  test('that can’t reach the table is refused', async () => {
    await table.stop();
    const policy = { ...CHECK, release: release(4) };
    const { handler, answers } = providerFor(fake, policy, {
      storeRelease: async () => {
        throw Object.assign(new Error('CANARY'), { name: 'AccessDeniedException' });
      },
    });
    await handler(event('Update'));
    expect(answers[0]).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining(
        "couldn't be compared with the one that was deployed before (AccessDeniedException)",
      ),
    });
    expect(answers[0]?.Reason).not.toContain('CANARY');
    table = await new LocalTable().start();
  });

  test.each([
    [4, 'is older than release 7 that was deployed before'],
    [7, "isn't the release 7 that was deployed before: two contents have one version"],
    [8, 'is older than the one that was deployed before'],
  ])('names what was deployed before, if the table says it: %i', async (version, reason) => {
    const highestOf = version === 8 ? {} : { highest: 7 };
    const { handler, answers } = providerFor(
      fake,
      { ...CHECK, release: release(version) },
      {
        storeRelease: async () => ({ raised: false, ...highestOf }),
      },
    );
    await handler(event('Update'));
    expect(answers[0]?.Reason).toContain(reason);
  });
});

test('of two deployments at once, the lower one never wins', async () => {
  const results = await Promise.all([1, 2, 3, 4, 5].map((version) => store().raise(release(version))));
  expect(await highest()).toBe('5');
  expect(results[4]).toEqual({ raised: true });
});

test('the version is in none of the rows that gateways read', async () => {
  await store().raise(release(4));
  await store().put({ kind: 'region', region: 'eu-west-1', mode: 'none', logging: false, readAt: '2026-11-24' });
  const { Count } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: RETENTION_CHECKS_PARTITION } },
    }),
  );
  expect(Count).toBe(1);
});

describe('the hourly check', () => {
  const hourly = async (policy: SettingsPolicy, day: string) => {
    let stored = 0;
    const { handler, lines } = providerFor(fake, policy, {
      now: () => new Date(`${day}T09:00:00Z`),
      storeRelease: async () => {
        stored += 1;
        return { raised: true };
      },
    });
    await handler({ source: 'aws.events' });
    expect(stored).toBe(0);
    return lines[0] as { factsOld: number; findings: { kind: string; text: string }[] };
  };

  // Days after the check of the release: 0, 59, 60, 89, 90, 91 and 365.
  test.each([
    ['2026-11-24', undefined],
    ['2027-01-22', undefined],
    ['2027-01-23', 'has been due for renewal since 2027-01-23'],
    ['2027-02-21', 'has been due for renewal since 2027-01-23'],
    ['2027-02-22', 'expired on 2027-02-22'],
    ['2027-02-23', 'expired on 2027-02-22'],
    ['2027-11-24', 'expired on 2027-02-22'],
  ])('on %s', async (day, text) => {
    const { factsOld, findings } = await hourly({ ...CHECK, release: release(4) }, day);
    expect(factsOld).toBe(text === undefined ? 0 : 1);
    expect(findings).toEqual(
      text === undefined
        ? []
        : [{ kind: 'facts-old', text: expect.stringContaining(`facts release 4 of 2026-11-24 ${text}`) }],
    );
  });

  test('without a release has no such finding', async () => {
    expect(await hourly(CHECK, '2030-01-01')).toMatchObject({ factsOld: 0, findings: [] });
  });
});

test('an old release doesn’t stop a deployment', async () => {
  const old = { ...release(4), nextCheck: '2025-01-01', expires: '2025-02-01' };
  expect(await deployed(old)).toMatchObject({ Status: 'SUCCESS' });
});

describe('policy.json', () => {
  test('has the release', () => {
    const policy = { ...CHECK, release: release(4) };
    expect(parseSettingsPolicy(JSON.stringify(policy))).toEqual(policy);
  });

  test.each<[string, object]>([
    ['a version that is text', { ...release(4), version: '4' }],
    ['a version of 0', release(0)],
    ['no dates', { version: 4, digest: 'f'.repeat(64) }],
    ['another key', { ...release(4), trusted: true }],
  ])('is refused with %s', (_, one) => {
    expect(() => parseSettingsPolicy(JSON.stringify({ ...RETENTION, release: one }))).toThrow(
      "has an invalid 'release'",
    );
  });
});
