import type { Member } from '../../http/member';
import type { Project, Serving } from '../policy/serving';
import type { Trail } from './trail';

/** What a request carries through the gateway. */
export interface GatewayEnv {
  Variables: {
    requestId: string;
    time: Date;
    trail: Trail;
    /** What this request's tenant may be served. */
    serving: Serving;
    /** The project whose key the request has; none for a workspace's. */
    project?: Project;
    /** Who asks, of a workspace; none for a project's requests. */
    member?: Member;
  };
}

/** A gateway over web-standard requests and responses. */
export interface Gateway {
  fetch(request: Request): Response | Promise<Response>;
}
