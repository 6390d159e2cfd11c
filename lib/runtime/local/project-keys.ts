import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../gateway/api-error';
import type { GatewayEnv } from '../gateway/app';

/** A project, the models that it may use, and the development key that it is called with. */
export interface LocalProject {
  readonly id: string;
  readonly models: readonly string[];
  readonly key: string;
}

/** Tells the projects behind one gateway apart by their development keys; each sees its own models alone. */
export function requireProjectKey(projects: readonly LocalProject[]): MiddlewareHandler<GatewayEnv> {
  // Looked up by a digest, so that the time taken says nothing of how much of a guess was right.
  const byDigest = new Map(projects.map((project) => [digest(project.key), project]));
  return async (c, next) => {
    const [, given = ''] = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    const project = byDigest.get(digest(given));
    if (project === undefined) {
      throw new ApiError(
        401,
        'invalid_api_key',
        "'authorization' must be 'Bearer ' and a development key, as 'eu-residency serve' printed it",
      );
    }
    const serving = c.get('serving');
    const models = new Map([...serving.models].filter(([name]) => project.models.includes(name)));
    c.set('serving', { ...serving, models });
    c.get('trail').tenant = project.id;
    await next();
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
