/** The type is optional for a message, and required for every other item. */
export function typed(items: unknown): unknown {
  if (!Array.isArray(items)) return items;
  return items.map((item: unknown) =>
    typeof item === 'object' && item !== null && 'role' in item && !('type' in item)
      ? { type: 'message', ...item }
      : item,
  );
}
