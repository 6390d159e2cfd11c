import type { HonoRequest, MiddlewareHandler } from 'hono';
import { addHeaders } from '../../http/handler/add-headers';
import type { GatewayEnv } from '../policy/gateway-env';

/** Whether a request is one of Anthropic's API, whose answers have another form than OpenAI's. Both have the paths of models. */
export const isAnthropics = ({ path, raw }: HonoRequest): boolean =>
  /^\/v1\/messages(\/|$)/.test(path) || (/^\/v1\/models(\/|$)/.test(path) && raw.headers.has('anthropic-version'));

/** Anthropic's clients read the ID of a request from this header. */
export const withRequestId: MiddlewareHandler<GatewayEnv> = (c, next) =>
  isAnthropics(c.req) ? addRequestId(c, next) : (next() as Promise<undefined>);

const addRequestId: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  await next();
  addHeaders(c, { 'request-id': c.get('requestId') });
};
