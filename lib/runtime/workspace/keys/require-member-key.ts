import type { MiddlewareHandler } from 'hono';
import { UNAUTHENTICATED } from '../../../contract/metrics';
import { findKey } from '../../gateway/keys/find-key';
import { givenKey, unauthorized } from '../../gateway/keys/given-key';
import type { Place } from '../../gateway/keys/key-form';
import type { KeyRegistry } from '../../gateway/keys/key-registry';
import { isKeyOf } from '../../gateway/keys/secret';
import type { AdmittedPolicy } from '../../gateway/policy/admitted-policy';
import type { GatewayEnv } from '../../gateway/policy/gateway-env';
import { addHeaders } from '../../http/handler/add-headers';
import { KeyGone } from '../keyring/keyring';
import { type ContentCipher, isUnreadable } from '../store/content-cipher';
import { unavailable } from '../store/errors';
import { keyParts } from './key-form';
import { provenName, provenText } from './key-proof';
import type { MemberAccess } from './member-access';
import type { KeysOfMember, MemberKey } from './member-key';

export interface RequireMemberKeyOptions {
  /** The workspace's policy, which is narrowed to the models of each key. */
  readonly policy: AdmittedPolicy;
  readonly registry: KeyRegistry<KeysOfMember>;
  readonly access: MemberAccess;
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
    const { ends, models, requestsPerMinute, tokensPerDay } = key;
    const first = found;
    const { stops: until, groups } = await access.require(member, first, now).catch(async (error) => {
      // They may have signed in since the row was read.
      const latest = await findKey(registry, member, true);
      if (latest === undefined || validIn(latest) === undefined) throw refused();
      if (latest === first) throw error;
      return access.require(member, latest, now);
    });
    c.set('member', { id: member, role: 'member', groups, key: { id, models, requestsPerMinute, tokensPerDay } });
    if (models !== undefined) c.set('policy', narrowed(policy, models));
    await next();
    const stops = new Date(Math.min(ends, until.getTime()));
    if (stops.getTime() - now.getTime() <= WARNED_MS) addHeaders(c, { [STOPS_HEADER]: stops.toISOString() });
  };
}

/** The keys whose proof this process has seen, with all that it is about, so that a row that is read again costs no call of KMS. */
const proven = new Set<string>();

/** The most of them. */
const MOST_PROVEN = 10_000;

/** Whether a key is one that its member created. It is decrypted only once its secret is known to be right, and once in a process. */
async function isProven(cipher: ContentCipher, member: string, key: MemberKey): Promise<boolean> {
  const known = `${member} ${provenText(key)}`;
  if (proven.has(known)) return true;
  try {
    await provenName(cipher, member, key);
  } catch (error) {
    if (isUnreadable(error) || error instanceof KeyGone) return false;
    throw unavailable(error);
  }
  if (proven.size >= MOST_PROVEN) proven.clear();
  proven.add(known);
  return true;
}

/** The workspace's policy with some of its models only. */
function narrowed(policy: AdmittedPolicy, names: readonly string[]): AdmittedPolicy {
  const own = <T>(all: ReadonlyMap<string, T>) => new Map([...all].filter(([id]) => names.includes(id)));
  return { ...policy, models: own(policy.models), ...(policy.ended && { ended: own(policy.ended) }) };
}

/** One text for every invalid key, so that it reveals nothing about the key or its member. */
const refused = () =>
  unauthorized(
    "the API key is not valid here: it doesn't exist, has expired or was revoked; sign in to this workspace and create another " +
      'with POST /v1/keys; a token is valid at /v1 without /key only',
  );
