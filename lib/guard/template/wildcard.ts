const compiled = new Map<string, RegExp>();

/** Whether an IAM pattern (`*` any text, `?` any letter) covers a text, as IAM compares actions: without regard to case. */
export function covers(pattern: string, text: string): boolean {
  // Without wildcards, as most patterns are, a comparison will do.
  if (!/[*?]/.test(pattern)) return pattern.length === text.length && pattern.toLowerCase() === text.toLowerCase();
  const known = compiled.get(pattern);
  if (known !== undefined) return known.test(text);
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'i');
  if (compiled.size >= 1000) compiled.clear();
  compiled.set(pattern, expression);
  return expression.test(text);
}
