/** A value as Bedrock's JSON holds it: bytes, of an image for one, are written in base64. */
export function writeBytes(value: unknown): unknown {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (Array.isArray(value)) return value.map(writeBytes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, writeBytes(inner)]));
}

/** Reads the only bytes of an answer in their place: what a model reasoned and its provider has sealed. */
export function readBytes(reasoning: { redactedContent?: unknown }): void {
  if (typeof reasoning.redactedContent !== 'string') return;
  reasoning.redactedContent = Buffer.from(reasoning.redactedContent, 'base64');
}
