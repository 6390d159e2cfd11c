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

describe('in a pool of its own', () => {
  beforeEach(() => {
    cognito.add('root', 'sub-of-root', ['sciences-admin']);
    cognito.add('ada', 'sub-of-ada', ['sciences-member', 'sciences-admin']);
    cognito.add('eve', 'sub-of-eve', ['sciences-member']);
    cognito.add('otto', 'sub-of-otto', ['sciences-auditor']);
    cognito.add('nobody', 'sub-of-nobody', []);
  });

  test.each([60, 1])('lists everybody who has a role, each once, in pages of %i', async (limit) => {
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

  test('adds somebody who is new, with a first password that is told once', async () => {
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

  test('makes nobody whose first password nobody would know, because a group could not be joined', async () => {
    const { ask } = administrationOf(cognito);
    cognito.failingOn.set('AdminAddUserToGroup', 'TooManyRequestsException');
    expect(await ask('POST', '', { name: 'marie', roles: ['member'] })).toMatchObject({ status: 503 });
    expect(cognito.users.has('marie')).toBe(false);
    cognito.failingOn.clear();
    expect((await ask('POST', '', { name: 'marie', roles: ['member'] })).answer).toHaveProperty('temporary_password');
  });

  test('adds somebody who is there already without a new password', async () => {
    const { answer } = await administrationOf(cognito).ask('POST', '', { name: 'nobody', roles: ['member'] });
    expect(answer).toMatchObject({ id: 'sub-of-nobody', roles: ['member'] });
    expect(answer).not.toHaveProperty('temporary_password');
  });

  test('sets roles, and has them sign in again, since their token says the old ones', async () => {
    const { ask, ledger } = administrationOf(cognito);
    const { answer } = await ask('POST', '/sub-of-ada/roles', { roles: ['auditor', 'member'] });
    expect(answer.roles).toEqual(['member', 'auditor']);
    expect(groupsOf('ada')).toEqual(['sciences-auditor', 'sciences-member']);
    expect(ledger.kept.get('sub-of-ada')).toEqual({ disabled: false, signedOutAt: SIGNED_OUT });
    expect(cognito.users.get('ada')?.signedOut).toBe(1);
  });

  test('disables and enables, in the pool and in the workspace', async () => {
    const { ask, ledger } = administrationOf(cognito);
    expect((await ask('POST', '/sub-of-eve/disable')).answer).toMatchObject({ id: 'sub-of-eve', enabled: false });
    expect([cognito.users.get('eve')?.enabled, ledger.kept.get('sub-of-eve')?.disabled]).toEqual([false, true]);
    expect((await ask('GET', '/sub-of-eve')).answer.enabled).toBe(false);
    expect((await ask('POST', '/sub-of-eve/enable')).answer.enabled).toBe(true);
    expect([cognito.users.get('eve')?.enabled, ledger.kept.get('sub-of-eve')?.disabled]).toEqual([true, false]);
  });

  test('somebody is kept out although the pool fails, and asked again it is done there too', async () => {
    const { ask, ledger } = administrationOf(cognito);
    cognito.failingOn.set('AdminDisableUser', 'NotAuthorizedException');
    expect((await ask('POST', '/sub-of-eve/disable')).status).toBe(500);
    expect(ledger.kept.get('sub-of-eve')?.disabled).toBe(true);
    cognito.failingOn.clear();
    expect((await ask('POST', '/sub-of-eve/disable')).status).toBe(200);
    expect(cognito.users.get('eve')?.enabled).toBe(false);
  });

  test('signs somebody out everywhere', async () => {
    const { ask, ledger } = administrationOf(cognito);
    expect((await ask('POST', '/sub-of-eve/sign-out')).answer.signed_out_at).toBe(NOW.toISOString());
    expect(cognito.users.get('eve')?.signedOut).toBe(1);
    expect(ledger.kept.get('sub-of-eve')).toEqual({ disabled: false, signedOutAt: SIGNED_OUT });
  });

  test('removes somebody from the pool, and their token from the workspace', async () => {
    const { ask, ledger } = administrationOf(cognito);
    expect(await ask('DELETE', '/sub-of-eve')).toMatchObject({
      status: 200,
      answer: { id: 'sub-of-eve', object: 'member.deleted', deleted: true },
    });
    expect(cognito.users.has('eve')).toBe(false);
    expect(ledger.kept.get('sub-of-eve')?.signedOutAt).toBe(SIGNED_OUT);
    expect(await ask('GET', '/sub-of-eve')).toMatchObject({ status: 404, code: 'member_not_found' });
  });

  test('their token is refused although they could not be removed', async () => {
    const { ask, ledger } = administrationOf(cognito);
    cognito.failingOn.set('AdminDeleteUser', 'InternalErrorException');
    expect((await ask('DELETE', '/sub-of-eve')).status).toBe(503);
    expect(ledger.kept.get('sub-of-eve')?.signedOutAt).toBe(SIGNED_OUT);
  });

  test.each<[string, string, object | undefined]>([
    ['POST', '/sub-of-root/disable', undefined],
    ['DELETE', '/sub-of-root', undefined],
    ['POST', '/sub-of-root/roles', { roles: ['member'] }],
  ])('%s %s of oneself is refused, so that an administrator is always left', async (method, path, body) => {
    expect(await administrationOf(cognito).ask(method, path, body)).toMatchObject({
      status: 409,
      code: 'own_membership',
    });
    expect(writes()).toEqual([]);
  });

  test('what was done, to whom and by whom is recorded, without a name', async () => {
    const { ask, records } = administrationOf(cognito);
    await ask('GET');
    await ask('POST', '/sub-of-eve/sign-out');
    await ask('POST', '/sub-of-nobody/disable');
    await ask('POST', '', { name: 'marie', roles: ['member'] });
    await ask('DELETE', '/sub-of-root');
    expect(
      records.map(({ tenant, member, act, about, outcome, reason }) => [tenant, member, act, about, outcome, reason]),
    ).toEqual([
      ['sciences', 'sub-of-root', 'member.list', undefined, 'answered', undefined],
      ['sciences', 'sub-of-root', 'member.sign-out', 'sub-of-eve', 'answered', undefined],
      // What a client wrote in a path isn't an id until somebody has it.
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
  ])('a list by %s is refused', async (query) => {
    expect(await administrationOf(cognito).ask('GET', query)).toMatchObject({ status: 400, code: 'invalid_value' });
  });

  test('a page that the pool does not know is the client’s mistake', async () => {
    const after = Buffer.from('0 bm9uZQ==').toString('base64url');
    expect(await administrationOf(cognito).ask('GET', `?after=${after}`)).toMatchObject({
      status: 400,
      code: 'invalid_value',
    });
  });

  test('a pool that takes no more for now is asked again by the client', async () => {
    cognito.failingOn.set('ListUsersInGroup', 'TooManyRequestsException');
    expect(await administrationOf(cognito).ask('GET')).toMatchObject({ status: 503, code: 'members_unavailable' });
  });
});

describe('in a pool that others share', () => {
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
  ])('%s …%s of somebody who is of another workspace alone tells no more than of nobody', async (method, end, body) => {
    const other = await shared().ask(method, `/sub-of-olga${end}`, body);
    const nobody = await shared().ask(method, `/sub-of-none${end}`, body);
    expect(other).toEqual(nobody);
    expect(other).toMatchObject({ status: 404, code: 'member_not_found' });
    expect(writes()).toEqual([]);
  });

  test('lists its own members, with their roles here', async () => {
    const { answer } = await shared().ask('GET');
    expect(answer.data.map(({ id, roles }: { id: string; roles: string[] }) => [id, roles])).toEqual([
      ['sub-of-eve', ['member']],
      ['sub-of-root', ['admin']],
    ]);
  });

  test('keeps somebody out of this workspace alone', async () => {
    const { ask, ledger } = shared();
    await ask('POST', '/sub-of-eve/disable');
    await ask('POST', '/sub-of-eve/sign-out');
    expect(writes()).toEqual([]);
    expect(ledger.kept.get('sub-of-eve')).toEqual({ disabled: true, signedOutAt: SIGNED_OUT });
    await ask('DELETE', '/sub-of-eve');
    expect(groupsOf('eve')).toEqual(['office-member']);
  });

  test('gives roles to who is there, and makes nobody, whose password it would have', async () => {
    const { ask } = shared();
    expect((await ask('POST', '', { name: 'olga', roles: ['member'] })).status).toBe(201);
    expect(groupsOf('olga')).toEqual(['office-admin', 'sciences-member']);
    expect(await ask('POST', '', { name: 'marie', roles: ['member'] })).toMatchObject({ status: 404 });
    expect(cognito.users.has('marie')).toBe(false);
  });
});

describe('of an identity provider', () => {
  beforeEach(() => {
    cognito.add('Organisation_r', 'sub-of-root', [], '[chat-admins]');
    cognito.add('Organisation_e', 'sub-of-eve', [], 'students,chat-users');
    cognito.add('Organisation_o', 'sub-of-olga', [], '["office-users"]');
    // A group of the pool itself has no role here.
    cognito.add('Organisation_x', 'sub-of-x', ['sciences-member'], undefined);
  });

  test.each([60, 1])('lists those whom its groups let in, in pages of %i', async (limit) => {
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

  test('of thousands who are of other workspaces it reads a bounded part at once, and tells where it goes on', async () => {
    for (let nth = 0; nth < 700; nth++) cognito.add(`Organisation_${nth}`, `sub-${nth}`, [], 'office-users');
    const { ask } = administrationOf(cognito, { isFederated: true });
    const { answer } = await ask('GET', '?limit=60');
    expect(cognito.calls.length).toBeLessThanOrEqual(10);
    expect(answer.has_more).toBe(true);
  });

  test.each<[string, string, object | undefined, string]>([
    ['POST', '', { name: 'marie', roles: ['member'] }, 'who comes into this workspace'],
    ['POST', '/sub-of-eve/roles', { roles: ['admin'] }, 'which roles somebody has'],
    ['DELETE', '/sub-of-eve', undefined, 'who comes into this workspace'],
  ])('%s %s is decided there, and the refusal says where', async (method, path, body, what) => {
    const { status, code, answer } = await administrationOf(cognito, { isFederated: true }).ask(method, path, body);
    expect([status, code]).toEqual([409, 'managed_elsewhere']);
    expect(answer.error.message).toContain(
      `${what} is decided at the identity provider, by its groups 'chat-users' (member), 'staff' (member), 'chat-admins' (admin)`,
    );
    expect(writes()).toEqual([]);
  });

  test.each([
    [false, ['AdminDisableUser', 'AdminUserGlobalSignOut']],
    [true, []],
  ])('keeps somebody out, in a shared pool (%s) of this workspace alone', async (isShared, expected) => {
    const { ask, ledger } = administrationOf(cognito, { isFederated: true, isShared });
    await ask('POST', '/sub-of-eve/disable');
    await ask('POST', '/sub-of-eve/sign-out');
    expect(writes()).toEqual(expected);
    expect(ledger.kept.get('sub-of-eve')).toEqual({ disabled: true, signedOutAt: SIGNED_OUT });
    expect((await ask('POST', '/sub-of-olga/disable')).status).toBe(404);
  });
});
