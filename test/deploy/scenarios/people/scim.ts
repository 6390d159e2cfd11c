import assert from 'node:assert/strict';
import { runScim } from '@/lib/cli/run/run-scim';
import { printedBy } from '../../harness/command';
import { failure } from '../requests';
import { createKey } from './member-keys';
import { type Answer, ask, byKey, byToken, type People, withoutCache } from './people';

const STACK = 'exemple-workspace-sciences';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The groups of the configuration, with the members that the identity system sends. */
const GROUPS = { 'chat-users': ['marie', 'pierre'], 'chat-admins': ['rosalind'], auditors: ['ada'] };

/** What the identity system knows of the workspace. */
export interface Provisioned {
  readonly token: string;
  /** The ID of each user, by name. */
  readonly users: ReadonlyMap<string, string>;
}

const scim = (people: People, token: string, method: string, path: string, body?: object): Promise<Answer> =>
  ask(people, method, `../scim/v2${path}`, token, body);

/** An operator makes a SCIM token, and an identity system sends users and groups to the deployed function. Until then, no token has a role. */
export async function provision(people: People): Promise<Provisioned> {
  const { context, apis } = people;
  const { report, aws } = context;
  const users = new Map<string, string>();
  await report.check('scim: a valid token is refused while the identity system has sent no users', async () => {
    const { status, code } = await failure(byToken(people, apis.tokens.member));
    assert.deepEqual([status, code], [403, 'member_not_provisioned']);
  });
  const token = await report.require(
    'scim: the command makes a token with the role for it, and other callers are refused',
    async () => {
      const made = await printedBy(
        () => runScim(['create', '--workspace', 'sciences', '--stack', STACK, '--region', aws.region]),
        { endpoint: aws.endpoint, region: aws.region },
      );
      assert.equal((await scim(people, made, 'GET', '/Users')).status, 200);
      for (const other of [apis.tokens.admin, `${made.slice(0, -4)}AAAA`])
        assert.equal((await scim(people, other, 'GET', '/Users')).status, 401);
      return made;
    },
    () => '',
  );
  await report.require('scim: users and groups arrive, and give their roles', async () => {
    for (const userName of Object.values(GROUPS).flat()) {
      const body = { schemas: [USER], userName, externalId: userName, active: true };
      const { status, answer } = await scim(people, token, 'POST', '/Users', body);
      assert.equal(status, 201, JSON.stringify(answer));
      users.set(userName, answer.id);
    }
    for (const [displayName, names] of Object.entries(GROUPS)) {
      const members = names.map((name) => ({ value: users.get(name) }));
      const body = { schemas: [GROUP], displayName, members };
      const { status, answer } = await scim(people, token, 'POST', '/Groups', body);
      assert.equal(status, 201, JSON.stringify(answer));
    }
    await withoutCache(people);
    await byToken(people, apis.tokens.member).models.list();
    const { status, code } = await failure(byToken(people, apis.tokens.ungrouped));
    assert.deepEqual([status, code], [403, 'member_not_provisioned']);
  });
  return { token, users };
}

/** The identity system deactivates a member: their token and their key are refused, and admitted again with the user. */
export async function deactivate(people: People, { token, users }: Provisioned): Promise<void> {
  const { report } = people.context;
  const { colleague } = people.apis.tokens;
  await report.check('scim: a deactivated member is refused with a valid token and with a key', async () => {
    const { key } = await createKey(people, colleague);
    await byKey(people, key).models.list();
    const set = async (value: boolean) => {
      const Operations = [{ op: 'replace', path: 'active', value }];
      const { status } = await scim(people, token, 'PATCH', `/Users/${users.get('pierre')}`, {
        schemas: [PATCH],
        Operations,
      });
      assert.equal(status, 200);
      await withoutCache(people);
    };
    await set(false);
    for (const client of [byToken(people, colleague), byKey(people, key)]) {
      const { status, code } = await failure(client);
      assert.deepEqual([status, code], [403, 'member_disabled']);
    }
    await set(true);
    await byToken(people, colleague).models.list();
    await byKey(people, key).models.list();
  });
  await report.check('scim: a member who is removed from the group has no role, with a token or a key', async () => {
    const { key } = await createKey(people, colleague, 'second');
    const { answer } = await scim(people, token, 'GET', '/Groups?filter=displayName%20eq%20%22chat-users%22');
    const group = answer.Resources[0].id;
    const Operations = [{ op: 'remove', path: `members[value eq "${users.get('pierre')}"]` }];
    await scim(people, token, 'PATCH', `/Groups/${group}`, { schemas: [PATCH], Operations });
    await withoutCache(people);
    for (const client of [byToken(people, colleague), byKey(people, key)]) {
      const { status, code } = await failure(client);
      assert.deepEqual([status, code], [403, 'role_refused']);
    }
  });
}
