import { testClass } from './test-class';

const CLIENT = 'AWS::Cognito::UserPoolClient';
const ADMIN = 'aws.cognito.signin.user.admin';
const pool = { Ref: 'Pool' };
const SAFE = {
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: ['openid'],
  ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
};
const SRP = { ...SAFE, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] };
const Pool = { Type: 'AWS::Cognito::UserPool', Properties: {} };
const Parameters = {
  Writes: { Type: 'CommaDelimitedList' },
  Own: { Type: 'CommaDelimitedList', Default: 'locale,custom:groups' },
  Claim: { Type: 'String' },
  PoolId: { Type: 'String' },
};

/** A template with a pool, and a provider that fills in these attributes from these claims. */
const filled = (AttributeMapping?: unknown, UserPoolId: unknown = pool) => ({
  Parameters,
  Resources: {
    Pool,
    ...(AttributeMapping !== undefined && {
      Provider: { Type: 'AWS::Cognito::UserPoolIdentityProvider', Properties: { UserPoolId, AttributeMapping } },
    }),
  },
});
const client = (WriteAttributes: unknown, settings: object, around: object, UserPoolId: unknown = pool) => ({
  type: CLIENT,
  properties: { UserPoolId, ...(WriteAttributes !== undefined && { WriteAttributes }), ...settings },
  around: around as Readonly<Record<string, unknown>>,
});
const groups = filled({ 'custom:groups': 'groups' });

testClass('Users who give themselves groups', {
  leaks: {
    'the scope': client(['custom:groups'], { ...SAFE, AllowedOAuthScopes: [ADMIN] }, groups),
    'sign-in by SRP': client(['locale', 'custom:groups'], SRP, groups),
    "CDK's default of sign-in flows": client(['custom:groups'], { AllowedOAuthFlows: ['code'] }, groups),
    'tokens without a code': client(['custom:groups'], { ...SAFE, AllowedOAuthFlows: ['implicit'] }, groups),
    'an attribute of another name': client(['custom:team'], SRP, filled({ 'custom:team': 'memberOf' })),
    'a claim of another name': client(['custom:memberOf'], SRP, filled({ 'custom:memberOf': 'a1b2' })),
    'the claim of a directory': client(
      ['custom:access'],
      SRP,
      filled({ 'custom:access': 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role' }),
    ),
    'the claim of a university': client(
      ['custom:access'],
      SRP,
      filled({ 'custom:access': 'urn:oid:1.3.6.1.4.1.5923.1.5.1.1' }),
    ),
    'a standard attribute that every client may write': client(undefined, SRP, filled({ profile: 'user_roles' })),
    'attributes from a parameter': client({ Ref: 'Own' }, SRP, groups),
    'attributes that only the deployment decides': client(
      { Ref: 'Writes' },
      { AllowedOAuthScopes: [ADMIN], ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] },
      groups,
    ),
    'attributes of which the deployment decides one': client([{ Ref: 'Claim' }, 'locale'], SRP, groups),
    'a claim that only the deployment decides': client(
      ['custom:team'],
      SRP,
      filled({ 'custom:team': { Ref: 'Claim' } }),
    ),
    'a mapping that only the deployment decides': client(['custom:team'], SRP, filled({ Ref: 'Claim' })),
    'a pool whose ID is the same parameter': client(
      ['custom:team'],
      SRP,
      filled({ 'custom:team': 'groups' }, { Ref: 'PoolId' }),
      { Ref: 'PoolId' },
    ),
    'the groups of a pool that is not in the template': client(
      ['custom:memberOf'],
      { ...SAFE, AllowedOAuthFlows: ['implicit'], AllowedOAuthScopes: [ADMIN] },
      {},
      'eu-central-1_a',
    ),
  },
  nearMisses: {
    'an age group': client(['custom:ageGroup'], SRP, filled()),
    'an age group of a provider': client(['custom:ageGroup'], SRP, filled({ 'custom:ageGroup': 'age_group' })),
    'an age group of a pool that is not in the template': client(['custom:ageGroup'], SRP, {}, 'eu-central-1_a'),
    'a role in a pool without a provider': client(['custom:role'], { AllowedOAuthFlows: ['code'] }, filled()),
    'a role that no provider fills': client(['custom:role'], SRP, filled({ email: 'email' })),
    'groups of another pool': client(['custom:groups'], SRP, filled({ 'custom:groups': 'groups' }, 'eu-central-1_a')),
    'groups that the client may not write': client(['custom:team'], SRP, groups),
    'standard attributes alone': client(undefined, { AllowedOAuthScopes: [ADMIN] }, groups),
    'groups of a provider, by a code alone': client(['custom:groups'], SAFE, groups),
    'attributes that only the deployment decides, by a code alone': client({ Ref: 'Writes' }, SAFE, groups),
    'names that begin alike': client(
      ['custom:groupLunch', 'custom:roleplay', 'custom:grouping'],
      SRP,
      filled({ 'custom:groupLunch': 'lunch', 'custom:roleplay': 'games', 'custom:grouping': 'table' }),
    ),
  },
});
