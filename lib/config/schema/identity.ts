import { z } from 'zod';
import { line, list, slug, text } from './fields';

const groupName = 'the name of a group, without comma, quote, bracket or percent sign';
const groupList = (what: string) =>
  list(text(groupName, /^[^\s,"[\]%][^,"[\]%]*$/).max(200, groupName), 'a list of names of groups, at least one')
    .meta({ uniqueItems: true })
    .optional()
    .describe(what);

const groups = z
  .strictObject(
    {
      attribute: line('the name of an attribute or claim')
        .optional()
        .describe(
          'The attribute or claim by which the provider names the groups of who signs in; by default `groups`.',
        ),
      member: groupList('Groups whose people chat.'),
      admin: groupList('Groups whose people administer the workspace, and read no content.'),
      auditor: groupList('Groups whose people read records, and no content.'),
    },
    "a mapping with any of 'attribute', 'member', 'admin' and 'auditor'",
  )
  .describe(
    'Which groups of the provider have which role. Needed with `saml` and `oidc`; whoever is in none is refused.',
  );

const pageAllowed = 'an https:// URL, or http://localhost';
const page = () =>
  text(pageAllowed, /^(?:https:\/\/[^\s/?#@]+|http:\/\/localhost(?::\d{1,5})?)(?:[/?][^\s#]*)?$/).max(400, pageAllowed);
const originAllowed = 'an origin such as https://chat.example.eu, without a path';
const clients = z
  .strictObject(
    {
      callbackUrls: list(page(), `a list: ${pageAllowed}`)
        .optional()
        .describe('Where sign-in leads back to; by default `http://localhost:8788/callback`.'),
      logoutUrls: list(page(), `a list: ${pageAllowed}`).optional().describe('Where signing out leads to.'),
      corsOrigins: list(
        text(originAllowed, /^(?:https:\/\/[a-z0-9.-]+(?::\d{1,5})?|http:\/\/localhost(?::\d{1,5})?)$/),
        `a list: ${originAllowed}`,
      )
        .optional()
        .describe('Origins whose pages may call the API from a browser.'),
    },
    "a mapping with any of 'callbackUrls', 'logoutUrls' and 'corsOrigins'",
  )
  .describe('The pages from which members sign in, by an authorization code with PKCE and without a secret.');

const provider = {
  saml: line('the path of a metadata file', 400)
    .optional()
    .describe(
      'Path of the SAML metadata file, relative to this file. No address: it would be fetched again and again.',
    ),
  oidc: z
    .strictObject(
      {
        issuer: text('an https:// URL', /^https:\/\/[^\s@]+$/).describe(
          'URL of the issuer, https only. Its host must be inside: say where it is in `places`.',
        ),
        clientId: line('a client id').describe('The client that the issuer knows.'),
        clientSecretName: text('the name of a secret', /^[\w/+=.@-]{1,256}$/).describe(
          "Name of the Secrets Manager secret, in the primary Region, that holds the client's secret.",
        ),
        scopes: list(text('a scope, without spaces', /^[^\s"\\]{1,100}$/), 'a list of scopes, at least one')
          .optional()
          .describe('What is asked for beside `openid`, so that the groups are in the answer.'),
      },
      "a mapping with 'issuer', 'clientId' and 'clientSecretName'",
    )
    .optional()
    .describe('An OpenID Connect provider.'),
};

const identityAllowed = "a mapping with at most one of 'saml', 'oidc' and 'shared', and any of 'groups' and 'clients'";
export const identity = z
  .strictObject(
    {
      ...provider,
      shared: slug(32)
        .optional()
        .describe('A user pool that several workspaces share, by its id in `identity.shared`.'),
      groups: groups.optional(),
      clients: clients.optional(),
    },
    identityAllowed,
  )
  .refine(({ saml, oidc, shared }) => [saml, oidc, shared].filter((key) => key !== undefined).length <= 1, {
    error: identityAllowed,
    when: ({ issues }) => issues.length === 0,
  })
  .refine((value) => Object.keys(value).length > 0, identityAllowed)
  .meta({
    minProperties: 1,
    allOf: [
      ['saml', 'oidc'],
      ['saml', 'shared'],
      ['oidc', 'shared'],
    ].map((required) => ({ not: { required } })),
  })
  .describe(
    'Where members sign in. Without `saml`, `oidc` and `shared` they are users of a Cognito pool that an administrator adds.',
  );

const sharedAllowed = "a mapping with 'id', one of 'saml' and 'oidc', and any 'attribute'";
const shared = z
  .strictObject(
    {
      id: slug(32).describe('Its name, by which workspaces name it.'),
      ...provider,
      attribute: line('the name of an attribute or claim')
        .optional()
        .describe('The attribute or claim by which the provider names groups; by default `groups`.'),
    },
    sharedAllowed,
  )
  .refine(({ saml, oidc }) => (saml === undefined) !== (oidc === undefined), {
    error: sharedAllowed,
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ oneOf: [{ required: ['saml'] }, { required: ['oidc'] }] })
  .describe('A user pool that several workspaces share: one registration at the provider, and an audience for each.');

export const sharedIdentities = z
  .strictObject(
    { shared: list(shared, 'a list of shared user pools, at least one').describe('User pools of several workspaces.') },
    "a mapping with 'shared'",
  )
  .describe('Where members of several workspaces sign in.');
