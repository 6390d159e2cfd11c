import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@/lib/config/load';
import { readSamlMetadata } from '@/lib/config/model/saml-metadata';
import { edited, linesFrom } from './support';

const METADATA = `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID='https://idp.example.fr/idp'>
  <!-- <a> -->
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><X509Certificate>MIIB</X509Certificate></md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.fr/sso"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`;
const PLACE = '\nplaces: [{ host: "**.example.fr", country: FR, reason: our own }]';
const GROUPS = 'groups: { member: [chat-users] }';

const folder = mkdtempSync(path.join(tmpdir(), 'identity-'));
const file = path.join(folder, 'residency.yaml');
writeFileSync(path.join(folder, 'idp.xml'), METADATA);

const read = (identity: string, places = PLACE) =>
  readConfig(`${edited('edition: edu', `edition: edu\n    identity: ${identity}`)}${places}\n`, file).deployment
    ?.workspaces[0]?.identity;
const problems = (identity: string, places?: string) =>
  linesFrom(() => read(identity, places)).map((line) => line.replace(`${file}:12:`, ''));

test('a SAML provider is passed on with the text of its metadata', () => {
  expect(read(`{ saml: ./idp.xml, ${GROUPS.replace('{ ', '{ attribute: memberOf, ')} }`)).toEqual({
    provider: { kind: 'saml', metadata: METADATA },
    groups: { member: ['chat-users'] },
    groupsAttribute: 'memberOf',
    clients: {},
  });
});

test('an OpenID Connect provider is passed on, without a secret', () => {
  const oidc = { issuer: 'https://login.example.fr', clientId: 'a', clientSecretName: 'chat/oidc', scopes: ['groups'] };
  expect(read(`{ oidc: ${JSON.stringify(oidc)}, ${GROUPS} }`)?.provider).toEqual({ kind: 'oidc', ...oidc });
});

test('pages are passed on for users of the own pool', () => {
  const clients = { callbackUrls: ['https://chat.example.fr/callback'], corsOrigins: ['https://chat.example.fr'] };
  expect(read(JSON.stringify({ clients }))).toEqual({ groups: {}, clients });
});

const OIDC = (issuer: string) => `{ oidc: { issuer: "${issuer}", clientId: a, clientSecretName: b }, ${GROUPS} }`;

// biome-ignore format: one row a line
test.each<[string, string, string | undefined, string]>([
  ['a URL of metadata', `{ saml: "https://idp.example.fr/metadata", ${GROUPS} }`, undefined, 'which is a URL that Cognito would fetch repeatedly; download the metadata, and enter the path of the file'],
  ['a missing file', `{ saml: no.xml, ${GROUPS} }`, undefined, 'but there is no such file; the path is relative to the directory of this file'],
  ['a folder', `{ saml: ., ${GROUPS} }`, undefined, 'but there is no such file'],
  ['sign-in at an unknown host', `{ saml: idp.xml, ${GROUPS} }`, '', 'declare its country: places: [{ host: idp.example.fr, country: DE, reason: ... }]'],
  ['sign-in outside the boundary', `{ saml: idp.xml, ${GROUPS} }`, PLACE.replace('FR', 'CH'), "https://idp.example.fr/sso, but 'places' declares that 'idp.example.fr' is in CH, outside the EU; use a provider inside the boundary"],
  ['an unknown issuer', OIDC('https://login.example.de'), undefined, 'declare its country: places: [{ host: login.example.de'],
  ['an issuer outside the boundary', OIDC('https://cognito-idp.us-east-1.amazonaws.com/x'), undefined, 'us-east-1'],
  ['a provider without groups', '{ saml: idp.xml }', undefined, "identity.groups: is missing; allowed: the provider's groups for each role"],
  ['a provider with only an attribute', '{ saml: idp.xml, groups: { attribute: memberOf } }', undefined, 'identity.groups: '],
  ['groups without a provider', `{ ${GROUPS} }`, undefined, "belongs to 'saml', 'oidc' or 'shared'; remove it: users of the workspace's own pool are added to its groups ID-member"],
  ['a group with a comma', '{ saml: idp.xml, groups: { member: ["a,b"] } }', undefined, 'without commas, quotes, brackets or percent signs'],
  ['a page without TLS', '{ clients: { callbackUrls: ["http://chat.example.fr/"] } }', undefined, 'an https:// URL, or http://localhost'],
  ['an origin with a path', '{ clients: { corsOrigins: ["https://chat.example.fr/"] } }', undefined, 'an origin such as https://chat.example.eu, without a path'],
  ['a wildcard origin', '{ clients: { corsOrigins: ["*"] } }', undefined, 'an origin such as'],
])('%s is refused', (_, identity, places, message) => {
  expect(problems(identity, places).join('\n')).toContain(message);
});

// biome-ignore format: one row a line
test.each<[string, string, string]>([
  ['more than Cognito takes', METADATA.replace('<!-- <a> -->', ' '.repeat(131_072)), 'is larger than 131072 bytes'],
  ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${METADATA}`, 'has a document type declaration, whose entities could expand to anything'],
  ['an element that does not end', METADATA.replace('</md:IDPSSODescriptor>', ''), 'is not well-formed XML'],
  ['elements that cross', '<a><b></a></b>', 'is not well-formed XML'],
  ['an attribute without quotes', METADATA.replace('"signing"', 'signing'), 'is not well-formed XML'],
  ['no XML', 'entityID: x', 'is not well-formed XML'],
  ['nothing', '', 'is not well-formed XML'],
  ['several entities', `<EntitiesDescriptor>${METADATA.replace(/<\?.*\?>/, '')}</EntitiesDescriptor>`, "isn't an 'EntityDescriptor'"],
  ['no name', METADATA.replace(/entityID='[^']+'/, ''), "with an 'entityID'"],
  ['a service provider', METADATA.replaceAll('IDPSSO', 'SPSSO'), "has no 'IDPSSODescriptor'"],
  ['no sign-in', METADATA.replaceAll('SingleSignOnService', 'SingleLogoutService'), "has no 'SingleSignOnService'"],
])('metadata with %s is refused', (_, text, message) => expect(() => readSamlMetadata(text)).toThrow(message));

describe('a shared user pool', () => {
  const workspace = `edition: edu\n    identity: { shared: campus, ${GROUPS} }`;
  const SHARED = '\nidentity: { shared: [{ id: campus, saml: idp.xml, attribute: memberOf }] }';
  const text = (one = workspace, shared = SHARED, places = PLACE) =>
    `${edited('edition: edu', one)}${shared}${places}\n`;
  const linesOf = (...parts: Parameters<typeof text>) =>
    linesFrom(() => readConfig(text(...parts), file)).map((line) => line.replace(`${file}:`, ''));

  test('is passed on once, and its workspaces refer to it', () => {
    const { deployment } = readConfig(text(), file);
    expect(deployment?.sharedIdentities).toEqual([
      { id: 'campus', provider: { kind: 'saml', metadata: METADATA }, groupsAttribute: 'memberOf' },
    ]);
    expect(deployment?.workspaces[0]?.identity).toEqual({
      shared: 'campus',
      groups: { member: ['chat-users'] },
      clients: {},
    });
  });

  // biome-ignore format: one row a line
  test.each<[string, Parameters<typeof text>, string]>([
    ['one that is not there', [workspace.replace('campus', 'college')], "workspaces[0].identity.shared: found 'college', which isn't a shared pool of this file; allowed: campus"],
    ['any where there is none', [workspace, ''], "found 'campus', which isn't a shared pool of this file; allowed: an id from identity.shared, which has none"],
    ['a workspace of one without groups', ['edition: edu\n    identity: { shared: campus }'], "identity.groups: is missing; allowed: the provider's groups for each role"],
    ['an attribute of one workspace', [workspace.replace('{ member', '{ attribute: a, member')], "groups.attribute: applies to all workspaces of a shared pool"],
    ['a provider outside', [workspace, SHARED, PLACE.replace('FR', 'CH')], "identity.shared[0].saml: found 'idp.xml', in which the sign-in URL is https://idp.example.fr/sso"],
    ['one without a provider', [workspace, SHARED.replace('saml: idp.xml, ', '')], "identity.shared[0]: "],
    ['one of two providers', [workspace, SHARED.replace('saml: idp.xml', 'saml: idp.xml, oidc: { issuer: "https://login.example.fr", clientId: a, clientSecretName: b }')], "identity.shared[0]: "],
    ['the same twice', [workspace, SHARED.replace('[{', '[{ id: campus, saml: idp.xml }, {')], "identity.shared[1].id: found 'campus' a second time"],
  ])('%s is refused', (_, parts, message) => {
    expect(linesOf(...parts)).toEqual([expect.stringContaining(message)]);
  });
});
