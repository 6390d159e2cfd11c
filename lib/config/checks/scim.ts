import { present } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import type { Check } from './check';

/** SCIM sends users who sign in at an identity provider, and their groups. */
export const checkScim: Check = ({ draft }) =>
  present(draft.workspaces).flatMap(([index, { scim, identity }]): Problem[] => {
    if (scim === undefined) return [];
    const at: Path = ['workspaces', index];
    const { saml, oidc, shared, groups } = identity ?? {};
    if (saml === undefined && oidc === undefined && shared === undefined) {
      const text =
        "needs an identity provider, because it sends no passwords; add 'saml', 'oidc' or 'shared' to the workspace's 'identity', or remove it";
      return [{ path: [...at, 'scim'], text, atKey: true }];
    }
    if (groups?.attribute === undefined || shared !== undefined) return [];
    const text = "isn't read with 'scim', which sends the groups; remove it";
    return [{ path: [...at, 'identity', 'groups', 'attribute'], text, atKey: true }];
  });
