import { SmartRouter } from 'hono/router/smart-router';

/** Every route of every API, as Hono learns of them while a deployment starts, such as `GET /v1/models/:id`. */
export function recordedRoutes(): ReadonlySet<string> {
  const routes = new Set<string>();
  const { add } = SmartRouter.prototype;
  SmartRouter.prototype.add = function (this: InstanceType<typeof SmartRouter>, method, path, handler) {
    // A part of an API is added once alone, and once with its prefix. Middleware and 405 answers have all methods.
    if (method !== 'ALL' && /^\/(v1|admin|scim)\//.test(path)) routes.add(`${method} ${path}`);
    return add.call(this, method, path, handler);
  };
  return routes;
}
