import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { LocalMemberships } from '@/lib/local/local-memberships';
import { Store } from '@/lib/local/store';
import { DynamoDbMembershipLedger, type RoleChange } from '@/lib/runtime/members/membership-ledger';
import { DynamoDbMemberships } from '@/lib/runtime/workspace/identity/dynamodb-memberships';
import { administrationOf, NOW } from './support/administration';
import { FakeCognito } from './support/fake-cognito';

const AT = NOW.getTime();

describe('every role that an administrator gives or takes is recorded before the change', () => {
  let cognito: FakeCognito;
  beforeEach(async () => {
    cognito = await new FakeCognito().start();
    cognito.add('root', 'sub-of-root', ['sciences-admin']);
    cognito.add('ada', 'sub-of-ada', ['sciences-member']);
  });
  afterEach(() => cognito.stop());

  test('for a new user, and for the roles that a known user gets', async () => {
    const { ask, memberships } = administrationOf(cognito);
    await ask('POST', '', { name: 'marie', roles: ['member', 'admin'] });
    await ask('POST', '', { name: 'ada', roles: ['member', 'admin'] });
    expect(memberships.changes).toMatchObject([
      { member: 'sub-of-marie', given: ['member', 'admin'], taken: [], by: 'sub-of-root', at: NOW },
      { member: 'sub-of-ada', given: ['admin'], taken: [], by: 'sub-of-root' },
    ]);
  });

  test('for a changed and for a removed member', async () => {
    const { ask, memberships } = administrationOf(cognito);
    await ask('POST', '/sub-of-ada/roles', { roles: ['admin', 'auditor'] });
    await ask('POST', '/sub-of-ada/roles', { roles: ['admin', 'auditor'] });
    await ask('DELETE', '/sub-of-ada');
    expect(memberships.changes).toMatchObject([
      { member: 'sub-of-ada', given: ['admin', 'auditor'], taken: ['member'] },
      { member: 'sub-of-ada', given: [], taken: ['admin', 'auditor'] },
    ]);
  });

  test.each<[string, string, object | undefined]>([
    ['POST', '', { name: 'marie', roles: ['admin'] }],
    ['POST', '', { name: 'ada', roles: ['admin'] }],
    ['POST', '/sub-of-ada/roles', { roles: ['admin'] }],
    ['DELETE', '/sub-of-ada', undefined],
  ])('%s %s changes nothing if the record fails', async (method, at, body) => {
    const { ask, memberships } = administrationOf(cognito);
    memberships.record = async () => {
      throw new Error('SECRET');
    };
    expect((await ask(method, at, body)).status).toBe(500);
    expect(cognito.users.get('marie')).toBeUndefined();
    expect([...(cognito.users.get('ada')?.groups ?? [])]).toEqual(['sciences-member']);
  });

  test('but not what an identity provider decides', async () => {
    cognito.add('Organisation_eve', 'sub-of-eve', [], 'chat-users');
    const { ask, memberships } = administrationOf(cognito, { isFederated: true });
    for (const [method, body] of [
      ['POST', { roles: ['admin'] }],
      ['DELETE', undefined],
    ] as const) {
      const { status } = await ask(method, method === 'POST' ? '/sub-of-eve/roles' : '/sub-of-eve', body);
      expect(status).toBe(409);
    }
    expect(memberships.changes).toEqual([]);
  });
});

describe('the ledger', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'memberships-'));
  const aws = new LocalAws({
    file: path.join(folder, 'content.sqlite'),
    region: 'eu-central-1',
    tables: [{ name: 'suspensions', partitionKey: 'pk', sortKey: 'sk' }],
    buckets: [],
  });
  const store = Store.open(path.join(folder, 'serve'));
  afterAll(() => {
    aws.close();
    store.close();
    rmSync(folder, { recursive: true });
  });
  const table = { client: aws.dynamodb(), name: 'suspensions' };
  const [ledger, memberships] = [new DynamoDbMembershipLedger(table), new DynamoDbMemberships(table)];
  const local = new LocalMemberships(store, 'sciences');

  test.each([
    ['in DynamoDB', ledger, memberships],
    ['of serve', local, local],
  ])('%s has the last change of each role, and everyone who ever gave one', async (_, write, read) => {
    const record = (change: Partial<RoleChange>, at: number) =>
      write.record({ member: 'ada', given: [], taken: [], by: 'root', at: new Date(AT + at), ...change });
    expect(await read.of('ada')).toBeUndefined();
    await record({}, 0);
    expect(await read.of('ada')).toBeUndefined();
    await record({ given: ['member', 'admin'] }, 1);
    await record({ taken: ['admin'], by: 'irma' }, 2);
    await record({ given: ['admin'], by: 'otto' }, 3);
    await record({ given: ['admin'], taken: ['member'], by: 'root' }, 4);
    expect(await read.of('ada')).toEqual({
      roles: { member: { at: AT + 4, isCurrent: false }, admin: { at: AT + 4, isCurrent: true } },
      givers: expect.arrayContaining(['root', 'otto']),
    });
    expect((await read.of('ada'))?.givers).toHaveLength(2);
    expect(await read.of('eve')).toBeUndefined();
  });

  test('of serve belongs to one workspace', async () => {
    expect(await new LocalMemberships(store, 'office').of('ada')).toBeUndefined();
  });
});
