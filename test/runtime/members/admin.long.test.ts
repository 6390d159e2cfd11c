import { administrationOf, NOW } from './support/administration';
import { FakeCognito } from './support/fake-cognito';

let cognito: FakeCognito;
beforeEach(async () => {
  cognito = await new FakeCognito().start();
});
afterEach(() => cognito.stop());

const SIGNED_OUT = Math.floor(NOW.getTime() / 1_000);
const groupsOf = (name: string) => [...(cognito.users.get(name)?.groups ?? [])].sort();
const writes = () => cognito.calls.filter((call) => /^Admin(?!Get|List)/.test(call));

describe('in its own pool', () => {
  beforeEach(() => {
    cognito.add('root', 'sub-of-root', ['sciences-admin']);
    cognito.add('ada', 'sub-of-ada', ['sciences-member', 'sciences-admin']);
    cognito.add('eve', 'sub-of-eve', ['sciences-member']);
    cognito.add('otto', 'sub-of-otto', ['sciences-auditor']);
    cognito.add('newcomer', 'sub-of-newcomer', []);
  });

  test.each([60, 1])('lists every user with a role once, in pages of %i', async (limit) => {
    const { ask } = administrationOf(cognito);
    const found: { id: string; roles: string[] }[] = [];
    let after = '';
    for (let pages = 0; pages < 10; pages++) {
      const { answer } = await ask('GET', `?limit=${limit}${after}`);
      found.push(...answer.data);
      expect(answer.has_more).toBe(answer.next !== null);
      if (answer.next === null) break;
      after = `&after=${answer.next}`;
    }
    expect(found.map(({ id, roles }) => [id, roles])).toEqual([
      ['sub-of-ada', ['member', 'admin']],
      ['sub-of-eve', ['member']],
      ['sub-of-root', ['admin']],
      ['sub-of-otto', ['auditor']],
    ]);
  });

  test('adds a new user, with a temporary password that is returned once', async () => {
    const { ask, records } = administrationOf(cognito);
    const { status, answer } = await ask('POST', '', { name: 'marie', roles: ['member', 'auditor'] });
    expect(status).toBe(201);
    expect(answer).toMatchObject({
      id: 'sub-of-marie',
      object: 'member',
      name: 'marie',
      roles: ['member', 'auditor'],
      invited: true,
    });
    expect(answer.temporary_password).toBe(cognito.users.get('marie')?.password);
    expect(answer.temporary_password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^A-Za-z\d]).{28}$/);
    expect(groupsOf('marie')).toEqual(['sciences-auditor', 'sciences-member']);
    const again = await ask('GET', '/sub-of-marie');
    expect(again.answer).not.toHaveProperty('temporary_password');
    expect(JSON.stringify(records)).not.toContain(answer.temporary_password);
  });

  test('deletes a new user whose group could not be joined, because their temporary password is lost', async () => {
    const { ask } = administrationOf(cognito);
    cognito.failingOn.set('AdminAddUserToGroup', 'TooManyRequestsException');
    expect(await ask('POST', '', { name: 'marie', roles: ['member'] })).toMatchObject({ status: 503 });
    expect(cognito.users.has('marie')).toBe(false);
    cognito.failingOn.clear();
    expect((await ask('POST', '', { name: 'marie', roles: ['member'] })).answer).toHaveProperty('temporary_password');
  });

  test('adds an existing user without a new password', async () => {
    const { answer } = await administrationOf(cognito).ask('POST', '', { name: 'newcomer', roles: ['member'] });
    expect(answer).toMatchObject({ id: 'sub-of-newcomer', roles: ['member'] });
    expect(answer).not.toHaveProperty('temporary_password');
  });

  test('sets roles, and ends the member’s sessions, because their token has the old roles', async () => {
    const { ask, ledger } = administrationOf(cognito);
    const { answer } = await ask('POST', '/sub-of-ada/roles', { roles: ['auditor', 'member'] });
    expect(answer.roles).toEqual(['member', 'auditor']);
    expect(groupsOf('ada')).toEqual(['sciences-auditor', 'sciences-member']);
    expect(ledger.kept.get('sub-of-ada')).toEqual({ disabled: false, signedOutAt: SIGNED_OUT });
    expect(cognito.users.get('ada')?.signedOut).toBe(1);
  });

  test('disables and enables a member, in the pool and in the workspace', async () => {
    const { ask, ledger } = administrationOf(cognito);
    expect((await ask('POST', '/sub-of-eve/disable')).answer).toMatchObject({ id: 'sub-of-eve', enabled: false });
    expect([cognito.users.get('eve')?.enabled, ledger.kept.get('sub-of-eve')?.disabled]).toEqual([false, true]);
    expect((await ask('GET', '/sub-of-eve')).answer.enabled).toBe(false);
    expect((await ask('POST', '/sub-of-eve/enable')).answer.enabled).toBe(true);
    expect([cognito.users.get('eve')?.enabled, ledger.kept.get('sub-of-eve')?.disabled]).toEqual([true, false]);
  });

  test('blocks a member although the pool fails, and a repetition disables them in the pool', async () => {
    const { ask, ledger } = administrationOf(cognito);
    cognito.failingOn.set('AdminDisableUser', 'NotAuthorizedException');
    expect((await ask('POST', '/sub-of-eve/disable')).status).toBe(500);
    expect(ledger.kept.get('sub-of-eve')?.disabled).toBe(true);
    cognito.failingOn.clear();
    expect((await ask('POST', '/sub-of-eve/disable')).status).toBe(200);
    expect(cognito.users.get('eve')?.enabled).toBe(false);
  });

  test('signs a member out everywhere', async () => {
    const { ask, ledger } = administrationOf(cognito);
    expect((await ask('POST', '/sub-of-eve/sign-out')).answer.signed_out_at).toBe(NOW.toISOString());
    expect(cognito.users.get('eve')?.signedOut).toBe(1);
    expect(ledger.kept.get('sub-of-eve')).toEqual({ disabled: false, signedOutAt: SIGNED_OUT });
  });

  test('removes a member from the pool, and refuses their token in the workspace', async () => {
    const { ask, ledger } = administrationOf(cognito);
    expect(await ask('DELETE', '/sub-of-eve')).toMatchObject({
      status: 200,
      answer: { id: 'sub-of-eve', object: 'member.deleted', deleted: true },
    });
    expect(cognito.users.has('eve')).toBe(false);
    expect(ledger.kept.get('sub-of-eve')?.signedOutAt).toBe(SIGNED_OUT);
    expect(await ask('GET', '/sub-of-eve')).toMatchObject({ status: 404, code: 'member_not_found' });
  });

  test('removes a member together with the sessions that begin meanwhile', async () => {
    let time = NOW;
    const { ask, ledger, memberships } = administrationOf(cognito, { now: () => time });
    memberships.record = async () => {
      time = new Date(NOW.getTime() + 5_000);
    };
    expect((await ask('DELETE', '/sub-of-eve')).status).toBe(200);
    expect(ledger.kept.get('sub-of-eve')?.signedOutAt).toBe(SIGNED_OUT + 5);
  });

  test('refuses a member’s token although the pool could not remove them', async () => {
    const { ask, ledger } = administrationOf(cognito);
    cognito.failingOn.set('AdminDeleteUser', 'InternalErrorException');
    expect((await ask('DELETE', '/sub-of-eve')).status).toBe(503);
    expect(ledger.kept.get('sub-of-eve')?.signedOutAt).toBe(SIGNED_OUT);
  });

  test.each<[string, string, object | undefined]>([
    ['POST', '/sub-of-root/disable', undefined],
    ['DELETE', '/sub-of-root', undefined],
    ['POST', '/sub-of-root/roles', { roles: ['member'] }],
  ])(
    'refuses %s %s for the administrator’s own membership, so that one administrator always remains',
    async (method, path, body) => {
      expect(await administrationOf(cognito).ask(method, path, body)).toMatchObject({
        status: 409,
        code: 'own_membership',
      });
      expect(writes()).toEqual([]);
    },
  );

  test('records the act, the member and the administrator, without names', async () => {
    const { ask, records } = administrationOf(cognito);
    await ask('GET');
    await ask('POST', '/sub-of-eve/sign-out');
    await ask('POST', '/sub-of-newcomer/disable');
    await ask('POST', '', { name: 'marie', roles: ['member'] });
    await ask('DELETE', '/sub-of-root');
    expect(
      records.map(({ tenant, member, act, about, outcome, reason }) => [tenant, member, act, about, outcome, reason]),
    ).toEqual([
      ['sciences', 'sub-of-root', 'member.list', undefined, 'answered', undefined],
      ['sciences', 'sub-of-root', 'member.sign-out', 'sub-of-eve', 'answered', undefined],
      // A client's text in a path isn't recorded as an id unless a member has it.
      ['sciences', 'sub-of-root', 'member.disable', undefined, 'refused', 'member_not_found'],
      ['sciences', 'sub-of-root', 'member.add', 'sub-of-marie', 'answered', undefined],
      ['sciences', 'sub-of-root', 'member.remove', 'sub-of-root', 'refused', 'own_membership'],
    ]);
  });

  test.each<[string, object, string]>([
    ['no roles', { name: 'marie', roles: [] }, 'invalid_value'],
    ['a role that is none', { name: 'marie', roles: ['root'] }, 'invalid_value'],
    ['a group in the place of a role', { name: 'marie', roles: ['office-admin'] }, 'invalid_value'],
    ['a name with a line end', { name: 'marie\n', roles: ['member'] }, 'invalid_value'],
    ['a name that is a path', { name: '../marie', roles: ['member'] }, 'invalid_value'],
    ['no name', { roles: ['member'] }, 'missing_required_parameter'],
    ['a password', { name: 'marie', roles: ['member'], password: 'x' }, 'unknown_parameter'],
  ])('%s is refused', async (_, body, code) => {
    expect(await administrationOf(cognito).ask('POST', '', body)).toMatchObject({ status: 400, code });
    expect(cognito.calls).toEqual([]);
  });

  test.each([
    '?limit=0',
    '?limit=61',
    '?limit=x',
    '?after=%2F',
    '?after=AAAA',
    `?after=${Buffer.from('9 ').toString('base64url')}`,
  ])('refuses a list by %s', async (query) => {
    expect(await administrationOf(cognito).ask('GET', query)).toMatchObject({ status: 400, code: 'invalid_value' });
  });

  test('answers 400 for a page that the pool does not know', async () => {
    const after = Buffer.from('0 bm9uZQ==').toString('base64url');
    expect(await administrationOf(cognito).ask('GET', `?after=${after}`)).toMatchObject({
      status: 400,
      code: 'invalid_value',
    });
  });

  test('answers 503 with a time to retry while the pool throttles', async () => {
    cognito.failingOn.set('ListUsersInGroup', 'TooManyRequestsException');
    expect(await administrationOf(cognito).ask('GET')).toMatchObject({ status: 503, code: 'members_unavailable' });
  });
});

describe('in a shared pool', () => {
  beforeEach(() => {
    cognito.add('root', 'sub-of-root', ['sciences-admin']);
    cognito.add('eve', 'sub-of-eve', ['sciences-member', 'office-member']);
    cognito.add('olga', 'sub-of-olga', ['office-admin']);
  });
  const shared = () => administrationOf(cognito, { isShared: true });

  test.each<[string, string, object | undefined]>([
    ['GET', '', undefined],
    ['POST', '/disable', undefined],
    ['POST', '/enable', undefined],
    ['POST', '/sign-out', undefined],
    ['POST', '/roles', { roles: ['member'] }],
    ['DELETE', '', undefined],
  ])('answers %s …%s for another workspace’s member as for an unknown user', async (method, end, body) => {
    const other = await shared().ask(method, `/sub-of-olga${end}`, body);
    const unknown = await shared().ask(method, `/sub-of-none${end}`, body);
    expect(other).toEqual(unknown);
    expect(other).toMatchObject({ status: 404, code: 'member_not_found' });
    expect(writes()).toEqual([]);
  });

  test('lists only its own members, with their roles here', async () => {
    const { answer } = await shared().ask('GET');
    expect(answer.data.map(({ id, roles }: { id: string; roles: string[] }) => [id, roles])).toEqual([
      ['sub-of-eve', ['member']],
      ['sub-of-root', ['admin']],
    ]);
  });

  test('blocks a member in this workspace only', async () => {
    const { ask, ledger } = shared();
    await ask('POST', '/sub-of-eve/disable');
    await ask('POST', '/sub-of-eve/sign-out');
    expect(writes()).toEqual([]);
    expect(ledger.kept.get('sub-of-eve')).toEqual({ disabled: true, signedOutAt: SIGNED_OUT });
    await ask('DELETE', '/sub-of-eve');
    expect(groupsOf('eve')).toEqual(['office-member']);
  });

  test('gives roles to existing users, and creates none, whose password it would know', async () => {
    const { ask } = shared();
    expect((await ask('POST', '', { name: 'olga', roles: ['member'] })).status).toBe(201);
    expect(groupsOf('olga')).toEqual(['office-admin', 'sciences-member']);
    expect(await ask('POST', '', { name: 'marie', roles: ['member'] })).toMatchObject({ status: 404 });
    expect(cognito.users.has('marie')).toBe(false);
  });
});

describe('with an identity provider', () => {
  beforeEach(() => {
    cognito.add('Organisation_r', 'sub-of-root', [], '[chat-admins]');
    cognito.add('Organisation_e', 'sub-of-eve', [], 'students,chat-users');
    cognito.add('Organisation_o', 'sub-of-olga', [], '["office-users"]');
    // A group of the pool itself has no role here.
    cognito.add('Organisation_x', 'sub-of-x', ['sciences-member'], undefined);
  });

  test.each([60, 1])('lists users whose groups have a role, in pages of %i', async (limit) => {
    const { ask } = administrationOf(cognito, { isFederated: true });
    const found: string[] = [];
    let after = '';
    do {
      const { answer } = await ask('GET', `?limit=${limit}${after}`);
      found.push(...answer.data.map(({ id, roles }: { id: string; roles: string[] }) => `${id} ${roles}`));
      after = answer.next === null ? '' : `&after=${answer.next}`;
    } while (after !== '');
    expect(found).toEqual(['sub-of-root admin', 'sub-of-eve member']);
  });

  test('reads a bounded number of other workspaces’ users per request, and returns where to continue', async () => {
    for (let nth = 0; nth < 700; nth++) cognito.add(`Organisation_${nth}`, `sub-${nth}`, [], 'office-users');
    const { ask } = administrationOf(cognito, { isFederated: true });
    const { answer } = await ask('GET', '?limit=60');
    expect(cognito.calls.length).toBeLessThanOrEqual(10);
    expect(answer.has_more).toBe(true);
  });

  test.each<[string, string, object | undefined, string]>([
    ['POST', '', { name: 'marie', roles: ['member'] }, 'membership of this workspace'],
    ['POST', '/sub-of-eve/roles', { roles: ['admin'] }, 'the roles of a member'],
    ['DELETE', '/sub-of-eve', undefined, 'membership of this workspace'],
  ])('refuses %s %s, and names the identity provider’s groups', async (method, path, body, what) => {
    const { status, code, answer } = await administrationOf(cognito, { isFederated: true }).ask(method, path, body);
    expect([status, code]).toEqual([409, 'managed_elsewhere']);
    expect(answer.error.message).toContain(
      `the identity provider decides ${what}, by its groups 'chat-users' (member), 'staff' (member), 'chat-admins' (admin)`,
    );
    expect(writes()).toEqual([]);
  });

  test.each([
    [false, ['AdminDisableUser', 'AdminUserGlobalSignOut']],
    [true, []],
  ])('blocks a member, in a shared pool (%s) in this workspace only', async (isShared, expected) => {
    const { ask, ledger } = administrationOf(cognito, { isFederated: true, isShared });
    await ask('POST', '/sub-of-eve/disable');
    await ask('POST', '/sub-of-eve/sign-out');
    expect(writes()).toEqual(expected);
    expect(ledger.kept.get('sub-of-eve')).toEqual({ disabled: true, signedOutAt: SIGNED_OUT });
    expect((await ask('POST', '/sub-of-olga/disable')).status).toBe(404);
  });
});
