import { rulesOf } from '@/lib/runtime/rights/jobs/rules';
import { administrationOf, MemoryMemberships } from '../members/support/administration';
import { FakeCognito } from '../members/support/fake-cognito';
import { LocalContent } from '../workspace/conversations/support/local-content';
import { rolesOf } from './support/rights-process';

jest.setTimeout(120_000);

const DAY_MS = 86_400_000;
const RULES = rulesOf({});

let cognito: FakeCognito;
let local: LocalContent;
let memberships: MemoryMemberships;
beforeEach(async () => {
  cognito = await new FakeCognito().start();
  local = new LocalContent();
  memberships = new MemoryMemberships();
  cognito.add('mallory', 'mallory', ['sciences-admin']);
  await local.openai('ada').conversations.create({ metadata: { topic: 'KENNWORT' } });
});
afterEach(() => {
  cognito.stop();
  local.close();
});

const rights = () => local.rights({ rules: RULES, roles: rolesOf(memberships) });

/** The administration of members, in the name of one of them, at the time of the workspace. */
async function add(by: string, name: string): Promise<string> {
  const { ask, memberships: own } = administrationOf(cognito, { by, now: () => new Date(local.time) });
  own.record = (change) => memberships.record(change);
  const { status, answer } = await ask('POST', '', { name, roles: ['member', 'admin', 'auditor'] });
  expect(status).toBe(201);
  return answer.id;
}

/** Adds puppets: each is added by the one before, or all by the first person. */
async function addPuppets(count: number, isChain: boolean): Promise<string[]> {
  const ids = ['mallory'];
  for (let nth = 1; nth <= count; nth++) {
    local.time += 1_000;
    ids.push(await add(isChain ? (ids.at(-1) ?? '') : 'mallory', `puppet${nth}-${ids.length}`));
  }
  local.time += 1_000;
  return ids;
}

/** Hand-overs by all pairs of requester and recipient, released by everyone. Returns who could open which. */
async function readBy(requesters: readonly string[], others: readonly string[]): Promise<string[]> {
  const jobs: { readonly id: string; readonly recipient: string }[] = [];
  for (const requester of requesters) {
    for (const recipient of others.filter((one) => one !== requester)) {
      const { id } = await rights().export('ada', requester, { recipient, reason: 'x' });
      jobs.push({ id, recipient });
    }
  }
  return [...(await opened(jobs, others))];
}

async function opened(
  jobs: readonly { readonly id: string; readonly recipient: string }[],
  releasers: readonly string[],
) {
  const read: string[] = [];
  for (const { id } of jobs) await rights().runner.run(id);
  local.time += 3 * DAY_MS;
  for (const { id, recipient } of jobs) {
    for (const by of releasers)
      await rights()
        .releaseExport(id, by)
        .catch(() => {});
    await rights().runner.run(id);
    const headers = { authorization: `Bearer ${recipient}` };
    const url = `https://gateway.test/v1/exports/${id}`;
    const response = await local.gateway().fetch(new Request(url, { headers }));
    if ((await response.text()).includes('KENNWORT')) read.push(`${recipient} ${id}`);
  }
  return read;
}

describe.each([1, 2, 3, 4])('one administrator with %i puppets', (count) => {
  test.each([
    ['in a chain', true],
    ['all added by the administrator', false],
  ])('%s before the request reads nothing', async (_, isChain) => {
    const ids = await addPuppets(count, isChain);
    expect(await readBy(ids, ids)).toEqual([]);
  });

  test('added after the request reads nothing', async () => {
    const early = await addPuppets(1, true);
    const jobs: { id: string; recipient: string }[] = [];
    const { id } = await rights().export('ada', 'mallory', { recipient: early[1] ?? '', reason: 'x' });
    jobs.push({ id, recipient: early[1] ?? '' });
    const late = await addPuppets(count, true);
    expect(await opened(jobs, [...early, ...late])).toEqual([]);
  });
});

test('three independent people can read, so that the tests above would notice', async () => {
  for (const name of ['irma', 'heir']) cognito.add(name, name, ['sciences-admin', 'sciences-member']);
  expect(await readBy(['mallory'], ['irma', 'heir'])).toHaveLength(2);
});
