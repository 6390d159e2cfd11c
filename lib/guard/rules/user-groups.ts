import { writesGroups } from '../rule/group-attributes';
import type { ResourceRule } from '../rule/rule';
import { knownText, whyUnknown } from '../template/resource';

const SCOPE = 'aws.cognito.signin.user.admin';
const SIGN_IN = `sign-in by Cognito's API gives tokens the scope '${SCOPE}'`;

/** The properties by which a client's users get a token that writes their attributes, or sign in without PKCE. */
const SETTINGS: readonly (readonly [name: string, isWrong: (value: string) => boolean, detail: string])[] = [
  ['AllowedOAuthScopes', (value) => value === SCOPE, 'its tokens let users write their groups'],
  ['AllowedOAuthFlows', (value) => value === 'implicit', 'without a code, PKCE has no effect'],
  ['ExplicitAuthFlows', (value) => value !== 'ALLOW_REFRESH_TOKEN_AUTH', SIGN_IN],
];

export const userGroups: ResourceRule = {
  id: 'user-groups',
  title: "Users can't give themselves groups",
  why: `A token of the scope ${SCOPE} lets a user write the groups that an identity provider fills in, and so reach others' content.`,
  fix: "Set AllowedOAuthFlows to ['code'], ExplicitAuthFlows to ['ALLOW_REFRESH_TOKEN_AUTH'], and AllowedOAuthScopes to others, such as 'openid'.",
  source:
    'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html',
  appliesTo: ['AWS::Cognito::UserPoolClient'],

  *check(resource, context) {
    const writes = writesGroups(resource, context);
    if (writes === false) return;
    const level = writes ? 'block' : 'unresolved';
    const rest = writes ? '' : "; whether it may write groups isn't known";
    for (const [name, isWrong, detail] of SETTINGS) {
      for (const { path, value } of resource.select(name, '*')) {
        const text = knownText(value);
        if (text === undefined) {
          yield { path, level: 'unresolved', detail: `the setting can't be decided: ${whyUnknown(value)}` };
        } else if (isWrong(text)) yield { path, value: text, level, detail: detail + rest };
      }
    }
    if (resource.mayLack('ExplicitAuthFlows'))
      yield { path: '/Properties', level, detail: `without 'ExplicitAuthFlows', ${SIGN_IN}${rest}` };
  },
};
