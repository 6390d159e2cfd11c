import type { MiddlewareHandler } from 'hono';
import { UNAUTHENTICATED } from '../../../contract/metrics';
import { findKey } from '../../gateway/keys/find-key';
import { givenKey, unauthorized } from '../../gateway/keys/given-key';
import type { Place } from '../../gateway/keys/key-form';
import type { KeyRegistry } from '../../gateway/keys/key-registry';
import { isKeyOf } from '../../gateway/keys/secret';
import { type AdmittedPolicy, withModels } from '../../gateway/policy/admitted-policy';
import type { GatewayEnv } from '../../gateway/policy/gateway-env';
import { addHeaders } from '../../http/handler/add-headers';
import type { ContentCipher } from '../store/content-cipher';
import type { Courses } from './courses';
import { keyParts } from './key-form';
import { requireKeyUser } from './key-user';
import type { MemberAccess } from './member-access';
import type { KeysOfMember, MemberKey } from './member-key';
import { isProven } from './proven-keys';

export interface RequireMemberKeyOptions {
  /** The workspace's policy, which is narrowed to the models of each key. */
  readonly policy: AdmittedPolicy;
  readonly registry: KeyRegistry<KeysOfMember>;
  readonly access: MemberAccess;
  readonly courses: Courses;
  /** Decrypts the proofs of keys. */
  readonly cipher: ContentCipher;
  /** Keys of the other kind are refused. */
  readonly kind: Place;
}

/** From this time before a key stops, every answer to it says so. */
const WARNED_MS = 14 * 86_400_000;

/** Says when a key stops. */
export const STOPS_HEADER = 'x-residency-key-stops';

/**
 * Authenticates the members of a workspace by their API keys, before any route. A text without the form of a key causes no read, and a
 * key only one: nothing else is read or decrypted before its secret is known to be right.
 */
export function requireMemberKey({
  policy,
  registry,
  access,
  courses,
  cipher,
  kind,
}: RequireMemberKeyOptions): MiddlewareHandler<GatewayEnv> {
  return async (c, next) => {
    const log = c.get('log');
    const { tenant } = log;
    log.tenant = UNAUTHENTICATED;
    const text = givenKey((one) => keyParts(one, kind) !== undefined, c.req);
    const parts = keyParts(text, kind);
    if (parts === undefined) throw refused();
    const { member, id } = parts;
    const now = c.get('time');
    const validIn = (found: KeysOfMember | undefined): MemberKey | undefined => {
      const key = found?.keys.get(id);
      return isKeyOf(key, text, now) && key !== undefined && now.getTime() < key.ends ? key : undefined;
    };
    let found = await findKey(registry, member);
    let key = validIn(found);
    if (key === undefined) {
      // The cached row may be older than the key.
      found = await findKey(registry, member, true);
      key = validIn(found);
    }
    if (key === undefined || found === undefined) throw refused();
    if (!(await isProven(cipher, member, key))) throw refused();
    log.tenant = tenant;
    log.member = member;
    const [first, own] = [found, key];
    const userOf = (keys: KeysOfMember) => requireKeyUser({ access, courses }, member, keys, own, now);
    const user = await userOf(first).catch(async (error) => {
      // They may have signed in since the row was read.
      const latest = await findKey(registry, member, true);
      if (latest === undefined || validIn(latest) === undefined) throw refused();
      if (latest === first) throw error;
      return userOf(latest);
    });
    c.set('member', user.member);
    if (user.models !== undefined) c.set('policy', withModels(policy, user.models));
    await next();
    const { stops } = user;
    if (stops.getTime() - now.getTime() <= WARNED_MS) addHeaders(c, { [STOPS_HEADER]: stops.toISOString() });
  };
}

/** One text for every invalid key, so that it reveals nothing about the key or its member. */
const refused = () =>
  unauthorized(
    "the API key is not valid here: it doesn't exist, has expired or was revoked; sign in to this workspace and create another " +
      'with POST /v1/keys; a token is valid at /v1 without /key only',
  );
