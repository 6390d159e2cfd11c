import { z } from 'zod';
import { line, list, slug, text } from './fields';

const groupName = 'the name of a group, without commas, quotes, brackets or percent signs';
const groupList = (what: string) =>
  list(text(groupName, /^[^\s,"[\]%][^,"[\]%]*$/).max(200, groupName), 'a list of group names, at least one')
    .meta({ uniqueItems: true })
    .optional()
    .describe(what);

const groups = z
  .strictObject(
    {
      attribute: line('the name of an attribute or claim')
        .optional()
        .describe('The attribute or claim that holds the groups of a user; by default `groups`.'),
      member: groupList('Groups whose users may chat.'),
      admin: groupList('Groups whose users administer the workspace. They can read no content.'),
      auditor: groupList('Groups whose users read records. They can read no content.'),
    },
    "a mapping with any of 'attribute', 'member', 'admin' and 'auditor'",
  )
  .describe(
    "The provider's groups for each role. Required with `saml`, `oidc` and `shared`; users in none of the groups are denied.",
  );

const pageAllowed = 'an https:// URL, or http://localhost';
const pagesAllowed = 'a list of https:// or http://localhost URLs';
const page = () =>
  text(pageAllowed, /^(?:https:\/\/[^\s/?#@]+|http:\/\/localhost(?::\d{1,5})?)(?:[/?][^\s#]*)?$/).max(400, pageAllowed);
const originAllowed = 'an origin such as https://chat.example.eu, without a path';
const clients = z
  .strictObject(
    {
      callbackUrls: list(page(), pagesAllowed)
        .optional()
        .describe('Pages that sign-in returns to; by default `http://localhost:8788/callback`.'),
      logoutUrls: list(page(), pagesAllowed).optional().describe('Pages that sign-out returns to.'),
      corsOrigins: list(
        text(originAllowed, /^(?:https:\/\/[a-z0-9.-]+(?::\d{1,5})?|http:\/\/localhost(?::\d{1,5})?)$/),
        'a list of origins such as https://chat.example.eu, without a path',
      )
        .optional()
        .describe('Origins whose pages may call the API from a browser.'),
    },
    "a mapping with any of 'callbackUrls', 'logoutUrls' and 'corsOrigins'",
  )
  .describe('The pages from which members sign in, with an authorization code and PKCE, without a client secret.');

const provider = {
  saml: line('the path of a metadata file', 400)
    .optional()
    .describe(
      'Path of the SAML metadata file, relative to this file. A URL is refused, because Cognito would fetch it repeatedly.',
    ),
  oidc: z
    .strictObject(
      {
        issuer: text('an https:// URL', /^https:\/\/[^\s@]+$/).describe(
          'URL of the issuer, https only. Its host must be inside the boundary: declare its country under `places`.',
        ),
        clientId: line('a client id').describe('Id of the client that is registered with the issuer.'),
        clientSecretName: text('the name of a secret', /^[\w/+=.@-]{1,256}$/).describe(
          'Name of the Secrets Manager secret, in the primary Region, that holds the client secret.',
        ),
        scopes: list(text('a scope, without spaces', /^[^\s"\\]{1,100}$/), 'a list of scopes, at least one')
          .optional()
          .describe("Scopes to request in addition to `openid`, so that the provider's response contains the groups."),
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
      shared: slug(32).optional().describe('Id of a user pool in `identity.shared`, which several workspaces share.'),
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
    'How members sign in. Without `saml`, `oidc` or `shared`, an administrator adds them as users of a Cognito pool.',
  );

const sharedAllowed = "a mapping with 'id', one of 'saml' and 'oidc', and optionally 'attribute'";
const shared = z
  .strictObject(
    {
      id: slug(32).describe('Its id, by which workspaces refer to it.'),
      ...provider,
      attribute: line('the name of an attribute or claim')
        .optional()
        .describe('The attribute or claim that holds the groups of a user; by default `groups`.'),
    },
    sharedAllowed,
  )
  .refine(({ saml, oidc }) => (saml === undefined) !== (oidc === undefined), {
    error: sharedAllowed,
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ oneOf: [{ required: ['saml'] }, { required: ['oidc'] }] })
  .describe(
    'A user pool that several workspaces share: one registration with the provider, and one audience per workspace.',
  );

export const sharedIdentities = z
  .strictObject(
    {
      shared: list(shared, 'a list of shared user pools, at least one').describe(
        'User pools that several workspaces share.',
      ),
    },
    "a mapping with 'shared'",
  )
  .describe('Sign-in for the members of several workspaces.');
