import { SCIM } from '@/lib/report/cost/assumed-use';
import { DirectoryRoles } from '@/lib/runtime/directory/directory-roles';
import { ScimWorld } from '@/test/runtime/scim/support/scim-world';
import { unitsOf } from '@/test/support/units';

let world: ScimWorld;
beforeEach(() => {
  world = new ScimWorld();
});
afterEach(() => world.close());

const ROLES = { member: ['chat-users'], admin: ['chat-admins'], auditor: ['chat-auditors'] };

/** What one decision of a gateway or a worker asks the directory for, once the member's link is noted. */
async function decision(further: number) {
  const ada = await world.user('ada');
  for (const { 0: name = '' } of Object.values(ROLES)) await world.group(name, ...(name === 'chat-users' ? [ada] : []));
  for (let at = 0; at < further; at++) await world.group(`course ${at}`, ada);
  const roles = new DirectoryRoles({ client: world.client, name: 'directory' }, ROLES, true);
  await roles.bySubject('sub-1', 'ext-ada');
  const send = jest.spyOn(world.client, 'send');
  const entry = await roles.bySubject('sub-1', 'ext-ada');
  expect([entry?.roles, entry?.groups?.length]).toEqual([['member'], further + 1]);
  const units = send.mock.calls.map(([command]) =>
    unitsOf(`dynamodb.${command.constructor.name.replace(/Command$/, '')}`, command.input),
  );
  const sum = (of: 'reads' | 'writes') => units.reduce((total, one) => total + one[of], 0);
  return { reads: sum('reads'), writes: sum('writes'), calls: units.length };
}

test('a decision by SCIM takes what `cost` counts for it', async () => {
  expect(await decision(SCIM.furtherGroups)).toEqual(SCIM.decision);
});

test('each further group of the member takes one read unit more, and no call', async () => {
  const { reads, calls } = SCIM.decision;
  expect(await decision(SCIM.furtherGroups + 5)).toMatchObject({ reads: reads + 5, calls });
});
