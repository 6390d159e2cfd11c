/** A value in the form of Bedrock's JSON: bytes, such as those of an image, become base64. A part without bytes isn't copied. */
export function writeBytes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (Array.isArray(value)) {
    const written = value.map(writeBytes);
    return written.every((inner, index) => inner === value[index]) ? value : written;
  }
  const given = Object.entries(value);
  const written = given.map(([, inner]) => writeBytes(inner));
  if (written.every((inner, index) => inner === given[index]?.[1])) return value;
  return Object.fromEntries(given.map(([key], index) => [key, written[index]]));
}

/** Decodes the only bytes of an answer in place: a model's reasoning that its provider has encrypted. */
export function readBytes(reasoning: { redactedContent?: unknown }): void {
  if (typeof reasoning.redactedContent !== 'string') return;
  reasoning.redactedContent = Buffer.from(reasoning.redactedContent, 'base64');
}
