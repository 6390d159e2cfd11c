import { readMembersCommand } from '@/lib/cli/administration/members-options';

const url = 'https://api.example.eu';

test.each([
  [['list'], '--url is missing; add the base URL of the workspace'],
  [['list', 'ada', '--url', url], 'members list takes options only'],
  [['show', '--url', url], 'the id is missing; members show takes the id'],
  [['add', '--url', url, '--role', 'member'], 'the name is missing; members add takes the name'],
  [['add', 'ada', '--url', url], '--role is missing; add --role ROLE to members add'],
  [['roles', 'ada', '--url', url, '--role', 'root'], "--role: found 'root'; allowed: member, admin, auditor"],
  [['disable', 'ada', '--url', url, '--role', 'member'], 'members disable takes no --role'],
  [['remove', 'ada', 'eve', '--url', url], 'members remove takes one member only'],
  [['add', 'ada', '--role', 'member', '--url', 'http://api.example.eu'], '--url: found'],
  [['promote', 'ada', '--url', url], 'members takes one of: list, show, add'],
])('%j is refused', (args, message) => {
  expect(() => readMembersCommand(args)).toThrow(message);
});

test('several roles are given, each once', () => {
  const { roles } = readMembersCommand([
    'roles',
    'ada',
    '--role',
    'admin',
    '--role',
    'member',
    '--role',
    'admin',
    '--url',
    url,
  ]);
  expect(roles).toEqual(['admin', 'member']);
});
