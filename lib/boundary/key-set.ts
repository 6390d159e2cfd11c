/** A public key that verifies token signatures, as a JSON Web Key (RFC 7517). */
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

/** The public keys of a token issuer, and the time at which they were read. */
export interface KeySet {
  readonly issuer: string;
  readonly keys: readonly SigningKey[];
  /** In ISO 8601. */
  readonly readAt: string;
}

/** More keys than any issuer has, and few enough to limit the work of a process. */
const MAX_KEYS = 16;

/** 2,048 bits, the minimum for RS256 (RFC 7518, 3.3), without the leading zero that some issuers write. */
const MIN_BYTES = 256;

/**
 * The RS256 signing keys of a JSON Web Key Set, without its other keys.
 *
 * @throws if the value isn't a key set, has no such key, or has two keys with the same id
 */
export function readSigningKeys(value: unknown): SigningKey[] {
  const { keys } = (value ?? {}) as { keys?: unknown };
  if (!Array.isArray(keys) || keys.length > MAX_KEYS) throw new Error(`isn't a set of at most ${MAX_KEYS} keys`);
  const signingKeys = keys.filter(isForSigning);
  if (signingKeys.length === 0) throw new Error('contains no key for RS256');
  if (new Set(signingKeys.map(({ kid }) => kid)).size !== signingKeys.length)
    throw new Error('contains two keys with the same id');
  // Only these fields: a private exponent or a certificate must not be stored.
  return signingKeys.map(({ kid, kty, alg, use, n, e }) => ({ kid, kty, alg, use, n, e }));
}

/** A stored key set; none if the text isn't a valid key set of this issuer. */
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
    modulusBytes(n) >= MIN_BYTES
  );
}

const isText = (value: unknown, form: RegExp): value is string => typeof value === 'string' && form.test(value);

const modulusBytes = (n: string): number =>
  Buffer.from(n, 'base64url')
    .toString('hex')
    .replace(/^(?:00)+/, '').length / 2;
