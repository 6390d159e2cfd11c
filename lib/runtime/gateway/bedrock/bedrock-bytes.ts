/** A value in the form of Bedrock's JSON: bytes, such as those of an image, become base64. */
export function writeBytes(value: unknown): unknown {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (Array.isArray(value)) return value.map(writeBytes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, writeBytes(inner)]));
}

/** Decodes the only bytes of an answer in place: a model's reasoning that its provider has encrypted. */
export function readBytes(reasoning: { redactedContent?: unknown }): void {
  if (typeof reasoning.redactedContent !== 'string') return;
  reasoning.redactedContent = Buffer.from(reasoning.redactedContent, 'base64');
}
