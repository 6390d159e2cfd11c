import { UNAUTHENTICATED } from '../../contract/metrics';
import { idOf, type KeyKind } from '../gateway/keys/key-form';
import { isActive, type KeyRecord } from '../gateway/keys/key-record';
import type { KeyRegistry } from '../gateway/keys/key-registry';
import { isKeyOf } from '../gateway/keys/secret';
import type { RequestMiddleware } from '../http/handler/request-env';
import { ApiError } from './api-error';

export interface RequireScimTokenOptions {
  /** The tokens of workspaces, each as a record of its workspace. */
  readonly registry: KeyRegistry;
  readonly workspace: string;
  /** Tokens of the other kind, and keys, are refused. */
  readonly kind: Extract<KeyKind, 'scim' | 'local-scim'>;
}

/** Authenticates an identity system by its token, before the body is read and before any route. */
export function requireScimToken({ registry, workspace, kind }: RequireScimTokenOptions): RequestMiddleware {
  return async (c, next) => {
    const { log, time } = c.var;
    const { tenant } = log;
    log.tenant = UNAUTHENTICATED;
    const token = /^bearer +([\w.-]{1,128})$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    const id = idOf(token, kind);
    if (id === undefined) throw refused();
    let record = await find(registry, id, false);
    let isRight = isKeyOf(record, token, time);
    if (!isRight && record !== undefined) {
      // The cached record may be older than the secret.
      record = await find(registry, id, true);
      isRight = isKeyOf(record, token, time);
    }
    if (!isRight || record === undefined || record.project !== workspace) throw refused();
    // A token without an end isn't made, so such a record isn't accepted.
    if (record.expires === undefined || !isActive(record, time)) throw refused();
    log.tenant = tenant;
    await next();
  };
}

async function find(registry: KeyRegistry, id: string, refresh: boolean): Promise<KeyRecord | undefined> {
  try {
    return await registry.find(id, refresh);
  } catch (cause) {
    // A token that can't be checked isn't accepted.
    throw new ApiError(503, 'directory_unavailable', "tokens can't be checked at the moment; try again", {
      headers: { 'retry-after': '1' },
      cause,
    });
  }
}

/** One text for every invalid token, so that it reveals nothing about the token. */
const refused = () =>
  new ApiError(
    401,
    'invalid_api_key',
    "there is no token of this workspace's SCIM in the request: it doesn't exist, has expired or was revoked; an operator makes one " +
      "by 'eu-residency scim create', and it is sent as 'Authorization: Bearer TOKEN'",
    { headers: { 'www-authenticate': 'Bearer' } },
  );
