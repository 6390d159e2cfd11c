import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import * as z from 'zod/mini';

const schema = z.union([
  z.strictObject({ text: z.string(), signature: z.string().check(z.minLength(1)) }),
  z.strictObject({ redacted: z.string().check(z.minLength(1)) }),
]);

type Proof = z.infer<typeof schema>;

/**
 * A model's reasoning in the form that its provider accepts back: `encrypted_content` of a reasoning item. The client
 * stores it, because the gateway stores nothing; the provider's own signature protects it from changes.
 */
export const encodeReasoning = (proof: Proof): string => Buffer.from(JSON.stringify(proof)).toString('base64url');

/** The block of a reasoning item; undefined if this gateway didn't issue it. */
export function decodeReasoning(encoded: string): ContentBlock | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(encoded, 'base64url').toString());
  } catch {
    return undefined;
  }
  const { data } = schema.safeParse(value);
  if (data === undefined) return undefined;
  return 'redacted' in data
    ? { reasoningContent: { redactedContent: Buffer.from(data.redacted, 'base64') } }
    : { reasoningContent: { reasoningText: data } };
}
