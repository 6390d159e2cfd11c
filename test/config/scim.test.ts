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

test('use is reported by the groups that SCIM sends, as by those of tokens', () => {
  expect(problems(`\n    identity: ${OIDC}\n    reportGroups: [physics]`)).toEqual([]);
  expect(linesOf(edited('edition: edu', 'edition: edu\n    reportGroups: [physics]'))).toEqual([]);
});
