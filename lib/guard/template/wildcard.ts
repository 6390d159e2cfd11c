const compiled = new Map<string, RegExp>();

/** Whether an IAM pattern (`*` any text, `?` any character) covers a text. Like IAM's comparison of actions, it ignores case. */
export function covers(pattern: string, text: string): boolean {
  // Most patterns have no wildcards, so a comparison is enough.
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

/** Whether some text that begins with the prefix matches the pattern: a suitable rest after the first `*` always exists. */
export function canBegin(pattern: string, prefix: string): boolean {
  const star = pattern.indexOf('*');
  const head = star === -1 ? pattern : pattern.slice(0, star);
  if (star === -1 && head.length < prefix.length) return false;
  return covers(head.slice(0, prefix.length), prefix.slice(0, head.length));
}
