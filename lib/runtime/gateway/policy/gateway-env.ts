import type { RequestEnv } from '../../http/handler/request-env';
import type { AdmittedPolicy, Project } from './admitted-policy';

/** The key of a project by which a request was authenticated. */
export interface ProjectKeyUse {
  readonly id: string;
  /** The label by which its tokens are counted apart; none if they aren't. */
  readonly label?: string;
  /** Its own budget of a calendar month in UTC. */
  readonly tokensPerMonth?: number;
  readonly usdPerMonth?: number;
}

/** The values that a request carries through the gateway. */
export interface GatewayEnv {
  Variables: RequestEnv['Variables'] & {
    /** What this request's tenant may be served. */
    policy: AdmittedPolicy;
    /** The project that owns the request's key; absent for a workspace's requests. */
    project?: Project;
    /** That key; absent where the project is known without one. */
    projectKey?: ProjectKeyUse;
  };
}
