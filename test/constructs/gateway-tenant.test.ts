import { GatewayTenant } from '../../lib/constructs/gateway-tenant';

test('content may be kept for a workspace', () => {
  expect(GatewayTenant.workspace('sciences').keepsContent).toBe(true);
});

test('no content may be kept for projects', () => {
  expect(GatewayTenant.projects('helpdesk-bot', 'search').keepsContent).toBe(false);
});

test.each([
  ['no project', [], "at least one project, and each once, got ''"],
  ['a project twice', ['a', 'a'], "each once, got 'a, a'"],
  [
    'upper case',
    ['Bot'],
    "lower-case letters, digits and inner hyphens, at most 63, because names and tags are made of it, got 'Bot'",
  ],
  ['a token', ['${Token[TOKEN.1]}'], "got '${Token[TOKEN.1]}'"],
  ['a hyphen at the end', ['bot-'], "got 'bot-'"],
])('%s is refused', (_, ids, message) => {
  expect(() => GatewayTenant.projects(...ids)).toThrow(message);
});
