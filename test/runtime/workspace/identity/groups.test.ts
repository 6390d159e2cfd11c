import { groupsOf } from '@/lib/runtime/workspace/identity/groups';

test.each<[string, unknown, string[]]>([
  ["Cognito's own groups", ['member', 'admin'], ['member', 'admin']],
  ['one group of a provider', 'staff', ['staff']],
  ['several, joined by commas', 'staff,chat users', ['staff', 'chat users']],
  ['several in brackets', '[staff, chat users]', ['staff', 'chat users']],
  ['several in JSON', '["staff","chat, users"]', ['staff', 'chat, users']],
  ['escaped ones', 'chat+users%2C+all,staff', ['chat users, all', 'staff']],
  ['a plus that is none of an escape', 'a+b', ['a+b']],
  ['an escape that is none', '100%', ['100%']],
  ['a URL, as Shibboleth gives it', 'urn:mace:example.org:group:chat', ['urn:mace:example.org:group:chat']],
  ['an empty text', '', []],
  ['empty brackets', '[]', []],
  ['only commas', ',, ,', []],
  ['a name that only looks alike', 'staff ,staff\u00a0', ['staff ', 'staff\u00a0']],
  ['JSON of something else', '[{"a":1}]', ['{"a":1}']],
  ['numbers', [1, 'staff', null], ['staff']],
  ['nothing', undefined, []],
  ['an object', { staff: true }, []],
  ['a number', 7, []],
])('%s', (_, claim, groups) => expect(groupsOf(claim)).toEqual(groups));
