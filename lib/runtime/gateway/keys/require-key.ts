import type { MiddlewareHandler } from 'hono';
import { UNAUTHENTICATED } from '../../../contract/metrics';
import { type AdmittedPolicy, policyOf } from '../policy/admitted-policy';
import type { GatewayEnv } from '../policy/gateway-env';
import { findKey } from './find-key';
import { givenKey, unauthorized } from './given-key';
import { idOf, type KeyKind } from './key-form';
import { isActive } from './key-record';
import type { KeyRegistry } from './key-registry';
import { isKeyOf } from './secret';

export interface RequireKeyOptions {
  /** The deployment's policy, which is narrowed to that of each project. */
  readonly policy: AdmittedPolicy;
  readonly registry: KeyRegistry;
  /** Keys of the other kind are refused. */
  readonly kind: KeyKind;
}

/** Authenticates requests by the key of a project, before any route, and narrows the policy to that project's models. */
export function requireKey({ policy, registry, kind }: RequireKeyOptions): MiddlewareHandler<GatewayEnv> {
  const narrowed = new Map([...policy.projects].map(([id, project]) => [id, policyOf(policy, project)]));
  return async (c, next) => {
    const log = c.get('log');
    log.tenant = UNAUTHENTICATED;
    const key = givenKey((text) => idOf(text, kind) !== undefined, c.req);
    const id = idOf(key, kind);
    if (id === undefined) throw refused();
    const time = c.get('time');
    let record = await findKey(registry, id);
    let isRight = isKeyOf(record, key, time);
    if (!isRight && record !== undefined) {
      // The cached record may be older than the secret.
      record = await findKey(registry, id, true);
      isRight = isKeyOf(record, key, time);
    }
    const project = policy.projects.get(record?.project ?? '');
    const own = narrowed.get(record?.project ?? '');
    if (!isRight || record === undefined || !isActive(record, time)) throw refused();
    if (project === undefined || own === undefined) throw refused();
    log.tenant = project.id;
    c.set('project', project);
    c.set('policy', own);
    await next();
  };
}

/** One text for every invalid key, so that it reveals nothing about the key. */
const refused = () =>
  unauthorized(
    "the API key is not valid here: it doesn't exist, has expired or was revoked; ask the operator for another, which " +
      "'eu-residency keys create' makes",
  );
