/** A public key by which tokens are signed, as a JSON Web Key (RFC 7517). */
export interface SigningKey {
  readonly kid: string;
  readonly kty: 'RSA';
  readonly alg: 'RS256';
  readonly use: 'sig';
  /** The modulus, base64url. */
  readonly n: string;
  /** The exponent, base64url. */
  readonly e: string;
}

/** The public keys of an issuer of tokens, and when they were read. */
export interface KeySet {
  readonly issuer: string;
  readonly keys: readonly SigningKey[];
  /** In ISO 8601. */
  readonly readAt: string;
}

/** More keys than an issuer has, and fewer than anybody would flood a process with. */
const MOST_KEYS = 16;

/** 2,048 bits, the least that RS256 may have (RFC 7518, 3.3), without the leading zero that some write. */
const LEAST_BYTES = 256;

/**
 * The signing keys of a JSON Web Key Set. Keys of another kind or use aren't ours and are left out.
 *
 * @throws if it is no set, has none of ours, two of one id, or one that is too short
 */
export function readSigningKeys(value: unknown): SigningKey[] {
  const { keys } = (value ?? {}) as { keys?: unknown };
  if (!Array.isArray(keys) || keys.length > MOST_KEYS) throw new Error(`is no set of at most ${MOST_KEYS} keys`);
  const ours = keys.filter(isForSigning);
  if (ours.length === 0) throw new Error('holds no key for RS256');
  if (new Set(ours.map(({ kid }) => kid)).size !== ours.length) throw new Error('holds two keys of one id');
  // Only these fields: a private exponent, or a certificate of somebody else's, is nothing to keep.
  return ours.map(({ kid, kty, alg, use, n, e }) => ({ kid, kty, alg, use, n, e }));
}

/** A key set as it was stored for an issuer; none where its form isn't that of one, or its issuer is another. */
export function parseKeySet(issuer: string, text: string): KeySet | undefined {
  try {
    const value = JSON.parse(text);
    const keys = readSigningKeys(value);
    const isTime = typeof value.readAt === 'string' && !Number.isNaN(Date.parse(value.readAt));
    return value.issuer === issuer && isTime ? { issuer, keys, readAt: value.readAt } : undefined;
  } catch {
    return undefined;
  }
}

function isForSigning(value: unknown): value is SigningKey {
  const { kid, kty, alg, use, n, e } = (value ?? {}) as Record<string, unknown>;
  return (
    isText(kid, /^[\w+/=.:-]{1,128}$/) &&
    kty === 'RSA' &&
    alg === 'RS256' &&
    use === 'sig' &&
    e === 'AQAB' &&
    isText(n, /^[\w-]{1,1366}$/) &&
    modulusBytes(n) >= LEAST_BYTES
  );
}

const isText = (value: unknown, form: RegExp): value is string => typeof value === 'string' && form.test(value);

const modulusBytes = (n: string): number =>
  Buffer.from(n, 'base64url')
    .toString('hex')
    .replace(/^(?:00)+/, '').length / 2;
