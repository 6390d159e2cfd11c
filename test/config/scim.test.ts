import { edited, linesOf } from './support';

const OIDC =
  '{ oidc: { issuer: "https://login.example.fr", clientId: a, clientSecretName: b }, groups: { member: [users] } }';
const problems = (more: string) =>
  linesOf(
    `${edited('edition: edu', `edition: edu\n    scim: {}${more}`)}places: [{ host: login.example.fr, country: FR, reason: ours }]\n`,
  );

test('users that SCIM sends sign in at an identity provider', () => {
  expect(problems(`\n    identity: ${OIDC}`)).toEqual([]);
  expect(problems('')).toEqual([
    expect.stringContaining('residency.yaml:12:5: workspaces[0].scim: needs an identity provider'),
  ]);
});

test('use is not reported by groups of tokens, which name none with SCIM', () => {
  expect(problems(`\n    identity: ${OIDC}\n    reportGroups: [physics]`)).toEqual([
    "residency.yaml:14:5: workspaces[0].reportGroups: names groups of tokens, and with 'scim' tokens name none, so no member would " +
      "count in a group; remove it, or remove 'scim'",
  ]);
  const withoutScim = edited('edition: edu', 'edition: edu\n    reportGroups: [physics]');
  expect(linesOf(withoutScim)).toEqual([]);
});
