import { createHash, createPublicKey, verify } from 'node:crypto';
import type { PublicJwk } from '../../facts/release-facts';
import { refuse, shown } from './refusal';

/** A signed text: the flattened JSON serialization of a JSON Web Signature (RFC 7515, section 7.2.2). */
export interface Jws {
  readonly payload: string;
  readonly protected: string;
  readonly signature: string;
}

/** The only algorithm (RFC 9864). It is compared with what a file names, and never taken from there. */
export const ALGORITHM = 'Ed25519';

/** Separates what is signed here from whatever else the same key may sign. */
export const TYPE = 'eu-residency-facts+json';

const PARTS = ['payload', 'protected', 'signature'] as const;

/** Reads the serialization. Nothing of it is trusted yet. */
export function parseJws(text: string): Jws {
  const value = parseJson(text, "isn't JSON; name the file as the maintainers published it");
  if (!isJws(value)) {
    return refuse(
      "must be a JWS in the flattened JSON serialization: 'payload', 'protected' and 'signature', each a text",
    );
  }
  // Base64url has no white space, so an editor may have reformatted the file. A repeated key would be read differently by others.
  if (text.replace(/\s+/g, '') !== JSON.stringify(value))
    return refuse('repeats a key, or escapes characters that need none');
  const wrong = PARTS.find((part) => Buffer.from(value[part], 'base64url').toString('base64url') !== value[part]);
  return wrong === undefined ? value : refuse(`'${wrong}' isn't base64url without padding`);
}

const isJws = (value: unknown): value is Jws =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).sort().join() === PARTS.join() &&
  Object.values(value).every((part) => typeof part === 'string');

/** The identifier of the key that a file says has signed it. It selects a key that is trusted already, or none. */
export function keyIdOf(jws: Jws): string {
  const header = parseJson(textOf(jws.protected), "has a protected header that isn't JSON");
  if (typeof header !== 'object' || header === null) return refuse('has a protected header that is no object');
  const { alg, kid, typ, ...others } = header as Readonly<Record<string, unknown>>;
  if (alg !== ALGORITHM) {
    return refuse(`names the algorithm ${shown(alg)}; only ${ALGORITHM} is accepted, whatever a file names`);
  }
  if (typ !== TYPE) return refuse(`has the type ${shown(typ)}; a facts release has '${TYPE}'`);
  if (typeof kid !== 'string' || Object.keys(others).length > 0) {
    return refuse("must have exactly 'alg', 'kid' and 'typ' in its protected header");
  }
  return kid;
}

/** Whether a key has signed exactly this payload and header. */
export function isSignedBy(jws: Jws, { kty, crv, x }: PublicJwk): boolean {
  const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
  const signature = Buffer.from(jws.signature, 'base64url');
  return verify(null, Buffer.from(`${jws.protected}.${jws.payload}`), key, signature);
}

/** The identifier of a key: its thumbprint (RFC 7638). */
export const thumbprint = ({ kty, crv, x }: PublicJwk): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');

/** SHA-256 of the signed content, in hexadecimal. White space of the file around it doesn't count. */
export const digestOf = (jws: Jws): string =>
  createHash('sha256').update(Buffer.from(jws.payload, 'base64url')).digest('hex');

/** The text in base64url. */
export function textOf(encoded: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(encoded, 'base64url'));
  } catch {
    return refuse("contains bytes that aren't UTF-8");
  }
}

/** The value of a JSON text. */
export function parseJson(text: string, otherwise: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(otherwise);
  }
}
