import { z } from 'zod';
import { PUBLIC_KEY } from '../release/payload';
import { text } from './fields';

const keyAllowed = "a public Ed25519 key as a JWK: a mapping with 'kty: OKP', 'crv: Ed25519' and 'x'";

const publicKey = () =>
  z.strictObject(
    {
      kty: z.enum(['OKP'], 'OKP'),
      crv: z.enum(['Ed25519'], 'Ed25519'),
      x: text('a public key of 32 bytes in base64url', PUBLIC_KEY),
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
