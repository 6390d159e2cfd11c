import { GROUP, PATCH, ScimWorld, USER } from './support/scim-world';

let world: ScimWorld;
beforeEach(() => {
  world = new ScimWorld();
});
afterEach(() => world.close());

const NONE = '00000000-0000-4000-8000-000000000000';

describe('refused', () => {
  const user = (more: object) => ['POST', '/Users', { schemas: [USER], userName: 'ada', ...more }] as const;
  const patch = (...Operations: unknown[]) => ['PATCH', '/Users/{ada}', { schemas: [PATCH], Operations }] as const;
  const members = (...Operations: unknown[]) => ['PATCH', '/Groups/{group}', { schemas: [PATCH], Operations }] as const;
  const rows: Record<string, readonly [readonly [string, string, unknown?], number, string | undefined]> = {
    'a body that is no JSON': [['POST', '/Users', '{'], 400, 'invalidSyntax'],
    'a list as body': [['POST', '/Users', '[]'], 400, 'invalidSyntax'],
    'a body without schemas': [['POST', '/Users', { userName: 'x' }], 400, 'invalidSyntax'],
    'the schema of another resource': [['POST', '/Users', { schemas: [GROUP], userName: 'x' }], 400, 'invalidSyntax'],
    'an attribute twice in different case': [user({ UserName: 'eve' }), 400, 'invalidSyntax'],
    'a deep body': [user({ name: JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`) }), 400, 'invalidSyntax'],
    'a user without a name': [['POST', '/Users', { schemas: [USER] }], 400, 'invalidValue'],
    'an empty name': [user({ userName: ' ' }), 400, 'invalidValue'],
    'a name with a line end': [user({ userName: 'a\nb' }), 400, 'invalidValue'],
    'a name of 257 characters': [user({ userName: 'a'.repeat(257) }), 400, 'invalidValue'],
    'a number as name': [user({ userName: 7 }), 400, 'invalidValue'],
    'a word as active': [user({ userName: 'x', active: 'yes' }), 400, 'invalidValue'],
    'a misspelt active': [user({ userName: 'x', actve: false }), 400, 'invalidPath'],
    'a taken name in another case': [user({ userName: 'ADA' }), 409, 'uniqueness'],
    'a taken external ID in another case': [user({ userName: 'x', externalId: 'EXT-ada' }), 409, 'uniqueness'],
    'another external ID': [patch({ op: 'replace', path: 'externalId', value: 'other' }), 400, 'mutability'],
    'no external ID any more': [patch({ op: 'remove', path: 'externalId' }), 400, 'mutability'],
    'another ID': [patch({ op: 'replace', path: 'id', value: NONE }), 400, 'mutability'],
    'groups of a user': [patch({ op: 'add', path: 'groups', value: [{ value: NONE }] }), 400, 'mutability'],
    'no name any more': [patch({ op: 'remove', path: 'userName' }), 400, 'invalidValue'],
    'an unknown operation': [patch({ op: 'move', path: 'active', value: false }), 400, 'invalidSyntax'],
    'no operation': [patch(), 400, 'invalidSyntax'],
    'an operation that is a text': [patch('replace'), 400, 'invalidSyntax'],
    'a removal without a path': [patch({ op: 'remove' }), 400, 'noTarget'],
    'a value without a path that is no object': [patch({ op: 'add', value: false }), 400, 'invalidPath'],
    'a path with two attributes': [patch({ op: 'add', path: 'active userName', value: true }), 400, 'invalidPath'],
    'a part of active': [patch({ op: 'replace', path: 'active.value', value: true }), 400, 'invalidPath'],
    'a filter on active': [patch({ op: 'replace', path: 'active[value eq "x"]', value: true }), 400, 'invalidPath'],
    'a filter in a path that is none': [patch({ op: 'replace', path: 'emails[x]', value: 'x' }), 400, 'invalidFilter'],
    'a member who is no user': [members({ op: 'add', path: 'members', value: [{ value: NONE }] }), 400, 'invalidValue'],
    'a member by name': [members({ op: 'add', path: 'members', value: [{ value: 'ada' }] }), 400, 'invalidValue'],
    'a group as a member': [
      members({ op: 'add', path: 'members', value: [{ value: '{group}', type: 'Group' }] }),
      400,
      'invalidValue',
    ],
    'members of members': [members({ op: 'add', path: 'members.value', value: '{ada}' }), 400, 'invalidPath'],
    'an unknown user': [['GET', `/Users/${NONE}`], 404, undefined],
    'an ID that is a partition': [['GET', '/Users/user'], 404, undefined],
    'a change of an unknown user': [
      ['PATCH', `/Users/${NONE}`, { schemas: [PATCH], Operations: [{ op: 'add', path: 'active', value: true }] }],
      404,
      undefined,
    ],
    'a filter with another operator': [['GET', '/Users?filter=userName sw "a"'], 400, 'invalidFilter'],
    'a filter on what is not stored': [
      ['GET', '/Users?filter=emails[type eq "work"].value eq "a"'],
      400,
      'invalidFilter',
    ],
    'a filter with or': [['GET', '/Users?filter=userName eq "a" or userName eq "b"'], 400, 'invalidFilter'],
    'a filter that ends early': [['GET', '/Users?filter=userName eq "a'], 400, 'invalidFilter'],
    'a filter with a rest': [['GET', '/Users?filter=userName eq "a" garbage'], 400, 'invalidFilter'],
    'a long filter': [['GET', `/Users?filter=userName eq "${'a'.repeat(3_000)}"`], 400, 'invalidFilter'],
    'a start that is no number': [['GET', '/Users?startIndex=x'], 400, 'invalidValue'],
    'bulk operations': [['POST', '/Bulk', {}], 501, undefined],
    'a method that a path does not have': [['DELETE', '/Users'], 405, undefined],
    'a search by POST': [['POST', '/Users/.search', {}], 501, undefined],
    'the own record': [['GET', '/Me'], 501, undefined],
    'another path': [['GET', '/Other'], 404, undefined],
    'a filter on schemas': [['GET', '/Schemas?filter=id eq "x"'], 403, 'invalidFilter'],
  };
  test.each(Object.entries(rows))('%s', async (_, [[method, path, body], status, scimType]) => {
    const ada = await world.user('ada');
    const group = await world.group('chat-users', ada);
    const filled = (text: string) => text.replaceAll('{ada}', ada).replaceAll('{group}', group);
    const before = await stored();
    const sent = typeof body === 'object' ? JSON.parse(filled(JSON.stringify(body))) : body;
    const answer = await world.call(method, filled(path), sent);
    expect({ status: answer.status, scimType: answer.body.scimType }).toEqual({ status, scimType });
    expect(answer.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: `${status}`,
      detail: expect.stringMatching(/./),
    });
    expect(await stored()).toEqual(before);
  });
});

const stored = async () => {
  const { directory } = world;
  const [users, groups] = await Promise.all([directory.users(), directory.groups()]);
  return { users, groups, members: await Promise.all(groups.map(({ id }) => directory.memberships.membersOf(id))) };
};

test('a body in another type or that is too large is refused', async () => {
  const user = { schemas: [USER], userName: 'x' };
  expect((await world.call('POST', '/Users', user, { 'content-type': 'text/plain' })).status).toBe(415);
  const large = { ...user, title: 'x'.repeat(5_000_000) };
  expect((await world.call('POST', '/Users', large)).status).toBe(413);
});

test('a user is created, shown with groups on request, and found', async () => {
  const ada = await world.user('Ada', { active: true, externalId: '0e6f' });
  const group = await world.group('chat-users', ada);
  const { body, headers } = await world.call('GET', `/Users/${ada}?attributes=userName,groups`);
  expect(body).toEqual({
    schemas: [USER],
    id: ada,
    userName: 'Ada',
    groups: [
      {
        value: group,
        $ref: `https://gateway.invalid/api/scim/v2/Groups/${group}`,
        display: 'chat-users',
        type: 'direct',
      },
    ],
  });
  expect(headers.get('location')).toBe(`https://gateway.invalid/api/scim/v2/Users/${ada}`);
  const found = await world.call('GET', '/Users?filter=urn:ietf:params:scim:schemas:core:2.0:User:userName EQ "ada"');
  expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id: ada, externalId: '0e6f', active: true }] });
  expect((await world.call('GET', '/Users?filter=externalId eq "0E6F"')).body.totalResults).toBe(0);
  expect((await world.call('GET', `/Users?filter=id eq "${ada}" and userName eq "eve"`)).body.totalResults).toBe(0);
});

test('the address of a resource has the name that the client called', async () => {
  const ada = await world.user('ada');
  const of = async (host: string) => (await world.call('GET', `/Users/${ada}`, undefined, { host })).body.meta.location;
  expect(await of('api.example.eu')).toBe(`https://api.example.eu/api/scim/v2/Users/${ada}`);
  expect(await of('"><script>')).toBe(`https://gateway.invalid/api/scim/v2/Users/${ada}`);
});

test('lists have pages of at most 1,000, and a count of 0 only counts', async () => {
  for (const name of ['a', 'b', 'c']) await world.user(name);
  const list = async (query: string) => (await world.call('GET', `/Users?${query}`)).body;
  const [first, second] = [await list('count=2'), await list('count=2&startIndex=3')];
  expect([first.itemsPerPage, second.itemsPerPage]).toEqual([2, 1]);
  const ids = [...first.Resources, ...second.Resources].map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(3);
  expect(await list('count=0')).toMatchObject({ totalResults: 3, itemsPerPage: 0, Resources: [] });
  expect(await list('count=-5')).toMatchObject({ totalResults: 3, itemsPerPage: 0 });
  expect(await list('startIndex=-5&count=99999')).toMatchObject({ startIndex: 1, itemsPerPage: 3 });
});

test('a replaced group has the members of the request and no others; a rename keeps them', async () => {
  const [ada, bob, eve] = [await world.user('ada'), await world.user('bob'), await world.user('eve')];
  const group = await world.group('chat-users', ada, bob);
  const membersOf = async () =>
    (await world.call('GET', `/Groups/${group}`)).body.members.map(({ value }: { value: string }) => value).sort();
  await world.patch(`/Groups/${group}`, { op: 'replace', path: 'displayName', value: 'people' });
  expect(await membersOf()).toEqual([ada, bob].sort());
  const members = [{ value: bob }, { value: eve }];
  await world.call('PUT', `/Groups/${group}`, { schemas: [GROUP], displayName: 'people', members });
  expect(await membersOf()).toEqual([bob, eve].sort());
  await world.patch(`/Groups/${group}`, { op: 'replace', path: 'members', value: [{ value: ada }] });
  expect(await membersOf()).toEqual([ada]);
  await world.patch(
    `/Groups/${group}`,
    { op: 'add', path: 'members', value: { value: eve } },
    { op: 'remove', path: `members[value eq "${ada}" or value eq "${bob}"]` },
  );
  expect(await membersOf()).toEqual([eve]);
  await world.patch(`/Groups/${group}`, { op: 'remove', path: 'members' });
  expect(await membersOf()).toEqual([]);
});

describe("an unknown member doesn't keep a leaver", () => {
  test.each<[string, (group: string, joining: object[]) => Promise<{ status: number }>]>([
    [
      'PUT',
      (group, members) => world.call('PUT', `/Groups/${group}`, { schemas: [GROUP], displayName: 'users', members }),
    ],
    [
      'PATCH that replaces',
      (group, value) => world.patch(`/Groups/${group}`, { op: 'replace', path: 'members', value }),
    ],
    [
      'PATCH that removes',
      async (group, value) => {
        const [{ value: leaver }] = (await world.call('GET', `/Groups/${group}`)).body.members;
        const leaves = { op: 'remove', path: `members[value eq "${leaver}"]` };
        return world.patch(`/Groups/${group}`, { op: 'add', path: 'members', value }, leaves);
      },
    ],
  ])('%s', async (_, request) => {
    const [leaver, joining] = [await world.user('leaver'), await world.user('joining')];
    const group = await world.group('users', leaver);
    const answer = await request(group, [{ value: joining }, { value: NONE }]);
    expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect((await world.call('GET', `/Groups/${group}`)).body.members).toEqual([]);
    expect(await world.directory.memberships.groupsOf(leaver)).toEqual([]);
  });
});

test('a group that is being deleted is gone at once, and a repeated request finishes it', async () => {
  const ada = await world.user('ada');
  const id = await world.group('chat-users', ada);
  const group = await world.directory.group(id);
  if (group === undefined) throw new Error('no group');
  // The first step of a deletion that a crash ends.
  await world.directory.writeGroup({ ...group, version: group.version + 1, isEnding: true }, group);
  expect((await world.call('GET', `/Groups/${id}`)).status).toBe(404);
  expect((await world.call('GET', '/Groups')).body.totalResults).toBe(0);
  // Its name is free again, and its members aren't those of the new group.
  const next = await world.group('chat-users');
  expect((await world.call('GET', `/Groups/${next}`)).body.members).toEqual([]);
  expect((await world.call('DELETE', `/Groups/${id}`)).status).toBe(204);
  expect((await world.call('DELETE', `/Groups/${id}`)).status).toBe(404);
  expect(await world.directory.memberships.groupsOf(ada)).toEqual([]);
});

test('concurrent creations of one user create one', async () => {
  const body = { schemas: [USER], userName: 'ada', externalId: 'one' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => world.call('POST', '/Users', body)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
});

test('concurrent changes of one user are all made', async () => {
  const ada = await world.user('ada');
  const answers = await Promise.all([
    world.patch(`/Users/${ada}`, { op: 'replace', path: 'active', value: false }),
    world.patch(`/Users/${ada}`, { op: 'replace', path: 'userName', value: 'ada2' }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await world.directory.user(ada)).toMatchObject({ active: false, userName: 'ada2' });
});

test('what is supported is said, and nothing else', async () => {
  const { body } = await world.call('GET', '/ServiceProviderConfig');
  expect(body).toMatchObject({
    patch: { supported: true },
    bulk: { supported: false },
    filter: { supported: true, maxResults: 1_000 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
  });
  expect((await world.call('GET', '/ResourceTypes/User')).body).toMatchObject({ endpoint: '/Users', schema: USER });
  expect((await world.call('GET', `/Schemas/${GROUP}`)).body).toMatchObject({ name: 'Group' });
});

test.each([
  ['POST', '/Bulk', /^'\/Bulk', several operations in one request, is not implemented; send a request for each/],
  ['GET', '/Me', /^'\/Me', the caller's own user, is not implemented/],
  ['POST', '/.search', /^'\/\.search', a search by POST, is not implemented; send GET/],
  ['POST', '/Groups/.search', /^'\/Groups\/\.search', a search by POST, is not implemented; send GET/],
])('what is not implemented is named, with what to do: %s %s', async (method, path, detail) => {
  const { status, body } = await world.call(method, path, method === 'POST' ? {} : undefined);
  expect([status, body.detail]).toEqual([501, expect.stringMatching(detail)]);
});
