import type { RequestEnv } from '../../http/handler/request-env';
import type { AdmittedPolicy, Project } from './admitted-policy';

/** The values that a request carries through the gateway. */
export interface GatewayEnv {
  Variables: RequestEnv['Variables'] & {
    /** What this request's tenant may be served. */
    policy: AdmittedPolicy;
    /** The project that owns the request's key; absent for a workspace's requests. */
    project?: Project;
  };
}
