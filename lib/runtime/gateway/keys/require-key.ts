import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../../http/api-error';
import { type Serving, servedTo } from '../policy/serving';
import type { GatewayEnv } from '../request/gateway-env';
import { idOf, type KeyKind } from './key-form';
import { isActive, type KeyRecord } from './key-record';
import type { KeyRegistry } from './key-registry';
import { isKeyOf } from './secret';

export interface RequireKeyOptions {
  /** What the deployment serves, which is narrowed to a project's own. */
  readonly serving: Serving;
  readonly registry: KeyRegistry;
  /** Keys of the other kind are refused. */
  readonly kind: KeyKind;
}

/** Who is recorded when nobody showed a valid key. */
const NOBODY = 'unauthenticated';

/** Lets requests in by the key of a project, before any route, and shows each project its own models only. */
export function requireKey({ serving, registry, kind }: RequireKeyOptions): MiddlewareHandler<GatewayEnv> {
  const narrowed = new Map([...serving.projects].map(([id, project]) => [id, servedTo(serving, project)]));
  return async (c, next) => {
    const trail = c.get('trail');
    trail.tenant = NOBODY;
    const key = bearerOf(c.req.header('authorization'));
    const id = idOf(key, kind);
    if (id === undefined) throw refused();
    const time = c.get('time');
    let record = await find(registry, id);
    let isRight = isKeyOf(record, key, time);
    if (!isRight && record !== undefined) {
      // What is remembered may be older than the secret.
      record = await find(registry, id, true);
      isRight = isKeyOf(record, key, time);
    }
    const project = serving.projects.get(record?.project ?? '');
    const own = narrowed.get(record?.project ?? '');
    if (!isRight || record === undefined || !isActive(record, time)) throw refused();
    if (project === undefined || own === undefined) throw refused();
    trail.tenant = project.id;
    c.set('project', project);
    c.set('serving', own);
    await next();
  };
}

/** The scheme's name has no case (RFC 9110, 11.1). Several headers arrive joined by commas, which no key holds. */
function bearerOf(header: string | undefined): string {
  if (header === undefined || header === '') {
    throw unauthorized("there is no API key in the request; send it as 'Authorization: Bearer KEY'");
  }
  return /^bearer +(\S+)$/i.exec(header)?.[1] ?? '';
}

async function find(registry: KeyRegistry, id: string, anew = false): Promise<KeyRecord | undefined> {
  try {
    return await registry.find(id, anew);
  } catch {
    // Whoever has no valid key isn't let in because nobody can tell.
    throw new ApiError(503, 'keys_unavailable', 'API keys can not be checked at the moment; try again', {
      headers: { 'retry-after': '1' },
    });
  }
}

/** One text for every key that doesn't open, so that it tells nothing about the key. */
const refused = () =>
  unauthorized(
    'the API key is not valid here: there is no such key, or it has expired or was revoked; ask for another, which the ' +
      "operator makes with 'eu-residency keys create'",
  );

const unauthorized = (message: string) =>
  new ApiError(401, 'invalid_api_key', message, { headers: { 'www-authenticate': 'Bearer' } });
