import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import * as z from 'zod/mini';

const schema = z.union([
  z.strictObject({ text: z.string(), signature: z.string() }),
  z.strictObject({ redacted: z.string() }),
]);

type Proof = z.infer<typeof schema>;

/**
 * What a model reasoned, in the form in which its provider takes it back: `encrypted_content` of a reasoning item. The
 * client holds it, since nothing is stored here; the provider's own signature protects it from change.
 */
export const sealReasoning = (proof: Proof): string => Buffer.from(JSON.stringify(proof)).toString('base64url');

/** The block that a reasoning item stands for; none if it wasn't made here. */
export function openReasoning(sealed: string): ContentBlock | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(sealed, 'base64url').toString());
  } catch {
    return undefined;
  }
  const { data } = schema.safeParse(value);
  if (data === undefined) return undefined;
  return 'redacted' in data
    ? { reasoningContent: { redactedContent: Buffer.from(data.redacted, 'base64') } }
    : { reasoningContent: { reasoningText: data } };
}
