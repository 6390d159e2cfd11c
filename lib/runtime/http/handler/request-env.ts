import type { Context, Next } from 'hono';
import type { Member } from '../member';
import type { RequestLog } from '../records/request-log';

/** The values that a request carries through an API. An API with more of them extends these. */
export interface RequestEnv {
  Variables: {
    requestId: string;
    time: Date;
    log: RequestLog;
    /** The user of a workspace who makes the request; absent for a project's. */
    member?: Member;
  };
}

/** Middleware that every API can use, because it needs only these parts of a request's context. */
export type RequestMiddleware = (
  c: Pick<Context, 'req' | 'res'> & {
    readonly var: Readonly<RequestEnv['Variables']>;
    set(name: 'member', member: Member): void;
  },
  next: Next,
) => Promise<void>;

/** An API over web-standard requests and responses. */
export interface FetchHandler {
  fetch(request: Request): Response | Promise<Response>;
}
