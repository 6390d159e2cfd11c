/** A command's input as JSON, with what JSON lacks marked: bytes, times and streams. */
export function asJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: value.length };
  if (value instanceof Date) return { $time: value.toISOString() };
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== 'object' || value === null) return value;
  if (Symbol.asyncIterator in value || 'getReader' in value) return { $stream: true };
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [[key, asJson(one)]])),
  );
}
