import { z } from 'zod';
import { text } from './fields';

/** The last character of 32 bytes in base64url has two bits that are always zero. */
export const PUBLIC_KEY = /^[\w-]{42}[AEIMQUYcgkosw048]$/;

const keyAllowed = "a public Ed25519 key as a JWK: a mapping with 'kty: OKP', 'crv: Ed25519' and 'x'";

const publicKey = () =>
  z.strictObject(
    {
      kty: z.enum(['OKP'], 'OKP').describe('The kind of key (RFC 8037).'),
      crv: z.enum(['Ed25519'], 'Ed25519').describe('Its curve.'),
      x: text('a public key of 32 bytes in base64url', PUBLIC_KEY).describe('The public key.'),
    },
    keyAllowed,
  );

const keysAllowed = "a mapping with 'first', and a different key as 'second'";

export const factsKeys = z
  .strictObject(
    {
      first: publicKey().describe('The key that signs facts releases, as a JWK without its private part.'),
      second: publicKey()
        .optional()
        .describe('The key that can only name a new first key. Without it, no key change is accepted.'),
    },
    keysAllowed,
  )
  .refine(({ first, second }) => first.x !== second?.x, keysAllowed)
  .describe(
    'The public keys of facts releases, which `eu-residency facts update` accepts, in place of the keys in the package. Compare them ' +
      'with what the maintainers published elsewhere.',
  );
