import type { ResourceRule, Violation } from '../rule/rule';
import { Unresolved } from '../template/node';
import { knownText } from '../template/resource';

const SCOPE = 'aws.cognito.signin.user.admin';

/** The properties by which a client's users get a token that writes their attributes, or sign in without PKCE. */
const SETTINGS: Readonly<Record<string, (value: string) => string | undefined>> = {
  AllowedOAuthScopes: (value) => (value === SCOPE ? 'its tokens let users write their own groups' : undefined),
  AllowedOAuthFlows: (value) =>
    value === 'implicit' ? 'tokens are issued without a code, so PKCE has no effect' : undefined,
  ExplicitAuthFlows: (value) =>
    value === 'ALLOW_REFRESH_TOKEN_AUTH' ? undefined : `sign-in by this flow issues tokens with the scope '${SCOPE}'`,
};

export const userGroups: ResourceRule = {
  id: 'user-groups',
  title: "Users can't give themselves groups",
  why: "The client may write the attribute of users' groups, which an identity provider fills in; a user with a token of the scope aws.cognito.signin.user.admin can write it too, and reach content of other roles.",
  fix: "Set AllowedOAuthFlows to ['code'], ExplicitAuthFlows to ['ALLOW_REFRESH_TOKEN_AUTH'], and AllowedOAuthScopes to scopes such as 'openid'.",
  source:
    'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html',
  appliesTo: ['AWS::Cognito::UserPoolClient'],

  *check(resource) {
    const attributes = resource.select('WriteAttributes', '*');
    if (!attributes.some(({ value }) => /^custom:.*(?:group|role)/i.test(knownText(value) ?? ''))) return;
    for (const [name, wrong] of Object.entries(SETTINGS)) {
      for (const { path, value } of resource.select(name, '*')) {
        const text = knownText(value);
        if (text === undefined) {
          const why = value instanceof Unresolved ? value.reason : 'it is no text';
          yield { path, level: 'unresolved', detail: `the setting can't be decided: ${why}` };
          continue;
        }
        const detail = wrong(text);
        if (detail !== undefined) yield { path, value: text, detail } satisfies Violation;
      }
    }
    if (resource.mayLack('ExplicitAuthFlows')) {
      const detail = `without 'ExplicitAuthFlows', users can sign in by Cognito's API, whose tokens have the scope '${SCOPE}'`;
      yield { path: '/Properties', detail };
    }
  },
};
