/** A value in the form of Bedrock's JSON: bytes, such as those of an image, become base64. A part without bytes isn't copied. */
export function writeBytes(value: unknown): unknown {
  if (!holdsBytes(value)) return value;
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (Array.isArray(value)) return value.map(writeBytes);
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, writeBytes(inner)]));
}

function holdsBytes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Uint8Array) return true;
  if (Array.isArray(value)) return value.some(holdsBytes);
  for (const key in value) if (holdsBytes((value as Readonly<Record<string, unknown>>)[key])) return true;
  return false;
}

/** Decodes the only bytes of an answer in place: a model's reasoning that its provider has encrypted. */
export function readBytes(reasoning: { redactedContent?: unknown }): void {
  if (typeof reasoning.redactedContent !== 'string') return;
  reasoning.redactedContent = Buffer.from(reasoning.redactedContent, 'base64');
}
