import { type Partly, present } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import type { ResidencyFile } from '../schema/schema';
import type { Check } from './check';

/** SCIM sends users who sign in at an identity provider, and their groups, which tokens then don't name. */
export const checkScim: Check = ({ draft }) =>
  present(draft.workspaces).flatMap(([index, workspace]) => {
    if (workspace.scim === undefined) return [];
    const at: Path = ['workspaces', index];
    return identityProblems(workspace, at);
  });

type Workspace = Partly<NonNullable<ResidencyFile['workspaces']>[number]>;

function identityProblems({ identity }: Workspace, at: Path): Problem[] {
  const { saml, oidc, shared, groups } = identity ?? {};
  if (saml === undefined && oidc === undefined && shared === undefined) {
    const text =
      "needs an identity provider, because it sends no passwords; add 'saml', 'oidc' or 'shared' to the workspace's 'identity', or remove it";
    return [{ path: [...at, 'scim'], text, atKey: true }];
  }
  if (groups?.attribute === undefined || shared !== undefined) return [];
  const text = "isn't read with 'scim', which sends the groups; remove it";
  return [{ path: [...at, 'identity', 'groups', 'attribute'], text, atKey: true }];
}
