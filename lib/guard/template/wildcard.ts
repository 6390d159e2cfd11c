const compiled = new Map<string, RegExp>();

/** Whether an IAM pattern (`*` any text, `?` any letter) covers a text, as IAM compares actions: without regard to case. */
export function covers(pattern: string, text: string): boolean {
  // Without wildcards, as most patterns are, a comparison will do.
  if (!/[*?]/.test(pattern)) return pattern.length === text.length && pattern.toLowerCase() === text.toLowerCase();
  const known = compiled.get(pattern);
  if (known !== undefined) return known.test(text);
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'is');
  if (compiled.size >= 1000) compiled.clear();
  compiled.set(pattern, expression);
  return expression.test(text);
}

/** Whether some text that begins with the prefix fits the pattern: what follows the first `*` can always be made to fit. */
export function canBegin(pattern: string, prefix: string): boolean {
  const star = pattern.indexOf('*');
  const head = star === -1 ? pattern : pattern.slice(0, star);
  if (star === -1 && head.length < prefix.length) return false;
  return covers(head.slice(0, prefix.length), prefix.slice(0, head.length));
}
