import { answers } from '../model/answer';
import { page, test } from '../model/pointer';
import { each, has, no } from '../model/template-pointer';

/** Members, roles, keys of projects and permissions. */
export const ACCESS = answers({
  'access.sign-in': {
    status: 'provided',
    about: 'workspace',
    text: "Members sign in as users of a deployed user pool, or through your SAML or OpenID Connect provider, whose groups decide on roles. You declare the country of the provider's host, which has to be inside the boundary.",
    rest: 'LDAP and Kerberos are not spoken. Encryption of the user pool is by a key of Cognito.',
    pointers: [
      test(
        'constructs/members/workspace-members.long',
        'a SAML provider has its metadata document, never a URL, and its groups are mapped',
      ),
      each('AWS::Cognito::UserPool', '/Properties/AdminCreateUserConfig/AllowAdminCreateUserOnly', true),
      has('AWS::ApiGateway::Authorizer', '/Properties/Type', 'COGNITO_USER_POOLS'),
      page('OPERATIONS#sign-in-with-saml-or-oidc'),
    ],
    words:
      'single sign on, sso, saml, oidc, openid, active directory, entra id, identity provider, authentication, authentifi, idp, federat, anmeldung faktor, anmeldung der nutzer, sign in of users, identitaetsmanagement, sign in identity',
  },
  'access.no-ldap': {
    status: 'not-met',
    text: 'No directory is connected over LDAP or Kerberos. An identity provider that speaks SAML or OpenID Connect, and reads that directory, can be used.',
    rest: "Users of the workspace's own pool are created by its administrators.",
    pointers: [page('OPERATIONS#sign-in-with-saml-or-oidc'), page('LIMITS#sign-in-and-members')],
    words: 'ldap, verzeichnisdienst, kerberos',
  },
  'access.scim': {
    status: 'provided',
    about: 'workspace',
    text: 'With `scim`, which is off by default, an identity system sends the users and groups of a workspace by SCIM 2.0. They decide who is a member, and in which role. A user that it disables or deletes is refused within 60 seconds.',
    rest: 'Members sign in through an identity provider or a shared pool; SCIM creates no users in Cognito. Identity systems were not connected to a deployment: requests were tested in the forms of their documentation and source.',
    pointers: [
      test('local/serve-scim.long', 'a member that SCIM disables is refused, and admitted again when it enables them'),
      test('local/serve-scim.long', 'the roles are those of SCIM, whatever the token says'),
      has('AWS::Lambda::Function', '/Properties/Environment/Variables/SCIM_TOKENS_TABLE_ARN'),
      page('SCIM'),
      page('LIMITS#sign-in-and-members'),
    ],
    words: 'scim, user provisioning, provisioning of users, benutzerprovisionierung, provisionnement des utilisateurs',
  },
  'access.second-factor': {
    status: 'provided',
    about: 'workspace',
    text: "Users of a workspace's own pool need a strong password and a second factor. With an identity provider, the provider decides.",
    rest: 'That a provider asks for a second factor has to be shown for it: a pool with a provider has none of its own.',
    pointers: [
      test(
        'constructs/members/workspace-members.long',
        'users of the pool itself need a strong password and a second factor',
      ),
      each('AWS::Cognito::UserPool', '/Properties/MfaConfiguration', 'ON'),
      page('LIMITS#sign-in-and-members'),
    ],
    words:
      'multi factor, mfa, second factor, two factor, zwei faktor, zweite faktor, plusieurs facteurs, double authentification, passwort, mot de passe',
  },
  'access.roles': {
    status: 'provided',
    about: 'workspace',
    text: 'A workspace has the roles member, administrator and auditor. Administrators manage members, exports, erasures and holds, and read no content through the API. Auditors read records.',
    pointers: [
      test('runtime/rights/api/serve-rights.long', "%s %s is refused for everyone but the workspace's administrators"),
      test('local/serve-members', 'the command shows an auditor the records of requests and acts'),
      has('AWS::ApiGateway::Authorizer', '/Properties/Type', 'COGNITO_USER_POOLS'),
      page('WORKSPACES#members'),
    ],
    words:
      'role based, rbac, berechtigungskonzept, rollen, roles, gestion des droits, habilitation, user management, benutzerverwaltung, zugriffskontrolle, controle d acces, authoris, authoriz, role based access control',
  },
  'access.revocation': {
    status: 'provided',
    about: 'workspace',
    text: 'A member who is disabled, signed out or removed, or whose role changes, is refused within 60 seconds. A revoked API key works for at most 60 seconds longer.',
    rest: "Such a member can still see and cancel jobs about themselves. After a sign-out, the cookie of Cognito's page may yield new tokens for an hour. A change at an identity provider takes effect at the member's next sign-in, at the latest after 8 hours, unless an administrator or SCIM disables the member here.",
    pointers: [
      test('local/serve-members', 'a disabled or signed-out user is refused at once, also after a restart'),
      test('runtime/gateway/keys/require-key', 'a revocation takes effect within 60 seconds, in every process'),
      has('Custom::KeySet'),
      each('AWS::Cognito::UserPoolClient', '/Properties/EnableTokenRevocation', true),
      page('WORKSPACES#when-a-change-applies'),
    ],
    words: 'revoke, revocation, withdraw, sperrung, entzug',
  },
  'access.sessions': {
    status: 'provided',
    about: 'workspace',
    text: "A member's token is valid for 15 minutes, a sign-in for 8 hours. Every request is checked against the record of blocked members.",
    rest: "A token can't be revoked by itself. The cookie of Cognito's sign-in page is valid for an hour.",
    pointers: [
      test('runtime/workspace/identity/cached-suspensions', 'is read at most once a minute per member'),
      test('app/identity.long', 'functions that verify tokens check for blocked members'),
      each('AWS::Cognito::UserPoolClient', '/Properties/AccessTokenValidity', '15'),
      each('AWS::Cognito::UserPoolClient', '/Properties/RefreshTokenValidity', '480'),
      page('LIMITS#sign-in-and-members'),
    ],
    words: 'sessions end, session length, session management, sitzungsdauer, duree de session, duree des sessions',
  },
  'access.no-idle-limit': {
    status: 'not-met',
    text: "Nothing ends a session because it is inactive: a member's token is valid for 15 minutes, a sign-in for 8 hours, whether it is used or not. The periods can't be configured.",
    rest: 'An administrator can sign a member out.',
    pointers: [
      each('AWS::Cognito::UserPoolClient', '/Properties/RefreshTokenValidity', '480'),
      page('LIMITS#sign-in-and-members'),
    ],
    words: 'inactivity, inactive sessions, idle timeout, inaktivitaet, session timeout',
  },
  'access.tenants': {
    status: 'provided',
    about: 'workspace',
    text: 'Each workspace has its own key, tables, bucket, user groups, functions and roles. Two workspaces share no store and no key of content. Members see only their own content.',
    rest: 'Tenants share the network, the web ACL, the evidence bucket, the ledger of requests and the account with its quotas; a user pool can be shared. Projects share one gateway and its role.',
    pointers: [
      test(
        'app/deployment-stacks',
        'two workspaces share only what the foundation has, and no table, bucket or key for content',
      ),
      test('runtime/workspace/conversations/isolation.long', 'each member lists only their own conversations'),
      test('constructs/tenants/workspace.long', "uses only this workspace's own stores"),
      each('AWS::DynamoDB::GlobalTable', '/Properties/Replicas/*/Tags/*/Value', /^workspace\//, {
        named: /ConversationsTable/,
      }),
      page('WORKSPACES#keys'),
    ],
    words:
      'multi tenan, multitenan, mandant, separation of data, datentrennung, logical separation, data of customers is separate, daten kunden getrennt, daten mandanten getrennt, donnees clients separe, cloisonnement par utilisateur, cloisonnement des donnees, single tenant, separate tenants, tenant isolation',
  },
  'access.api-keys': {
    status: 'provided',
    about: 'project',
    text: 'An application calls a project with an API key that is stored only as a hash, opens one project and its models, and can expire, be rotated with an overlap and be revoked.',
    rest: 'Keys of projects are created with permissions of IAM, by a role that the deployment creates. In a workspace with `keys`, which is off by default, members create keys for themselves.',
    pointers: [
      test('runtime/gateway/keys/require-key', 'a key admits its project, to its own models only'),
      test('cli/commands/keys.long', 'keys are rotated and revoked by their id'),
      has('AWS::Lambda::Function', '/Properties/Environment/Variables/KEYS_TABLE_ARN', undefined, {
        named: /GatewayFunction/,
      }),
    ],
    words:
      'api key, api schluessel, cle d api, technical user, service account, machine to machine, authentication information',
  },
  'access.least-privilege': {
    status: 'provided',
    about: 'tenant',
    text: 'Each function has a role of its own. An evaluator decides on every call against the policies: what a function needs is allowed, what only others need is denied, and no statement is wider than its calls, apart from listed exceptions.',
    rest: 'Anyone who may change a role or the code of a function can act as it. The trail records that.',
    pointers: [
      test('iam/matrix', 'each call of each function is allowed, and nothing wider is'),
      test('constructs/rights/least-privilege', 'the role of %s has these grants on stores and keys, and no others'),
      each('AWS::Lambda::Function', '/Properties/Role'),
      no('AWS::IAM::Policy', '/Properties/PolicyDocument/Statement/*/Action', '*'),
      no('AWS::IAM::Policy', '/Properties/PolicyDocument/Statement/*/Action/*', '*'),
      no('AWS::IAM::Role', '/Properties/Policies/*/PolicyDocument/Statement/*/Action', '*'),
      no('AWS::IAM::Role', '/Properties/Policies/*/PolicyDocument/Statement/*/Action/*', '*'),
      page('IAM-TEST'),
    ],
    words: 'need to know, privilege, access rights of system components, zugriffsrechte',
  },
  'access.four-eyes': {
    status: 'provided',
    about: 'workspace',
    text: "A hand-over of a member's content takes three independent people, or two and an operator, and a delay of days in which it can be cancelled. An erasure of another person's content waits for a delay or a second person.",
    rest: 'A closure of a workspace is started by one administrator and can be cancelled by another for a week.',
    pointers: [
      test(
        'runtime/rights/promises.long',
        'three independent people hand over content after a delay, and the user can cancel until then',
      ),
      has('AWS::StepFunctions::StateMachine'),
      page('WORKSPACES#users-who-have-left'),
    ],
    words: 'four eyes, vier augen, segregation of duties, separation of duties, separation des taches',
  },
  'access.account': {
    status: 'customer',
    text: 'Identities and permissions of the AWS account, and of those who deploy, are yours to grant, review and withdraw. `eu-residency access` lists the principals of the assembly that can decrypt, for a review.',
    rest: 'Root and administrators of the account can change policies; a service control policy can limit them.',
    pointers: [
      test('cli/commands/access', 'files are read, and what is unknown is a code of its own'),
      page('LIMITS#keys'),
      page('OPERATIONS#who-can-decrypt-what'),
    ],
    words:
      'privileged access, administrative access, administrator access, administrationszugang, review of access, revue des droits, administrateurs authentification, administrator authentication, administrators mfa, administrator mfa',
  },
});
