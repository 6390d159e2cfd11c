import type { MiddlewareHandler } from 'hono';
import { addHeaders } from '../../http/handler/add-headers';
import type { GatewayEnv } from '../policy/gateway-env';

/** Whether a path belongs to Anthropic's API, whose errors have another form than OpenAI's. */
export const isMessagesPath = (path: string): boolean => /^\/v1\/messages(\/|$)/.test(path);

/** Anthropic's clients read the ID of a request from this header. */
export const withRequestId: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  await next();
  if (isMessagesPath(c.req.path)) addHeaders(c, { 'request-id': c.get('requestId') });
};
