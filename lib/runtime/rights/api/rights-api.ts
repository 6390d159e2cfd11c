import { Hono, type MiddlewareHandler } from 'hono';
import { adminPath } from '../../../contract/admin-path';
import { answerError, type RecordingOptions, recording } from '../../http/handler/recording';
import type { FetchHandler, RequestEnv } from '../../http/handler/request-env';
import { Refused } from '../decisions/refused';
import { ownRoutes } from './own-routes';
import { refusal, unknownPath } from './refusals';
import type { RouteParts } from './route-parts';
import { closureRoutes, erasureRoutes, exportRoutes, holdRoutes, jobRoutes } from './routes';

/** What the rights API is made of. */
export interface RightsApiOptions extends RecordingOptions, Pick<RouteParts, 'rights' | 'onJob'> {
  /** Admits administrators, and users at the paths of their own. It runs before every route. */
  readonly middleware: readonly MiddlewareHandler<RequestEnv>[];
}

const ROUTES = [exportRoutes, erasureRoutes, ownRoutes, closureRoutes, holdRoutes, jobRoutes];

/** The API by which an administrator exercises the rights of users. It gives no access to content. */
export function rightsApi({ rights, middleware, onJob, ...options }: RightsApiOptions): FetchHandler {
  const whole = new Hono<RequestEnv>();
  whole.use(recording(options));
  for (const handler of middleware) whole.use(handler);
  const app = whole.basePath(adminPath('rights'));
  app.use(async (c, next) => {
    c.get('log').route = 'rights';
    await next();
  });
  const parts = { rights, onJob, workspaces: options.policy.tenant.ids };
  for (const addRoutes of ROUTES) addRoutes(app, parts);
  whole.notFound((c) => answerError(c, unknownPath()));
  whole.onError((error, c) => answerError(c, error instanceof Refused ? refusal(error) : error));
  return { fetch: (request) => whole.fetch(request) };
}
