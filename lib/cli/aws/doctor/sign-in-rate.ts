import { TOKEN_MINUTES } from '../../../contract/token-validity';
import type { Subject } from './subject';

/** How members sign in, which decides against which of Cognito's quotas they count. */
type SignIn = 'local' | 'federated';

/** The time within which all members sign in at the worst moment, such as the start of a lecture. */
const SECONDS = 300;

/** A sign-in with a password counts twice, because the code of the second factor counts too. */
const REQUESTS = { local: 2, federated: 1 } as const;

/** New tokens count like a sign-in of a local user, however the member signed in. */
const REFRESH_SECONDS = TOKEN_MINUTES * 60;

/** Whether members of a workspace sign in like this. */
export const signsIn = ({ deployment }: Pick<Subject, 'deployment'>, how: SignIn): boolean =>
  workspaces(deployment, how) > 0;

/**
 * The requests per second that Cognito has to allow in a category, if each workspace has as many members as `--members` says; 0
 * without it.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 */
export function signInRate({ deployment, members = 0 }: Pick<Subject, 'deployment' | 'members'>, how: SignIn): number {
  const signIns = (members * workspaces(deployment, how) * REQUESTS[how]) / SECONDS;
  const refreshes = how === 'local' ? (members * deployment.workspaces.length) / REFRESH_SECONDS : 0;
  return Math.ceil(Math.max(signIns, refreshes));
}

const workspaces = ({ workspaces: all }: Subject['deployment'], how: SignIn): number =>
  all.filter(({ identity }) => {
    const isFederated = identity?.provider !== undefined || identity?.shared !== undefined;
    return isFederated === (how === 'federated');
  }).length;
