/**
 * The groups that a claim names. Cognito gives its own ones as a list, and those of an identity provider as one text: it
 * joins several values by commas, in brackets for some providers, in JSON for others, and escapes what isn't a letter or
 * digit by percent signs.
 */
export function groupsOf(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.filter((group): group is string => typeof group === 'string');
  if (typeof claim !== 'string') return [];
  return (
    listed(claim) ??
    claim
      .replace(/^\[(.*)\]$/s, '$1')
      // Not trimmed: a group whose name only looks like another's, by a space of some kind, is another.
      .split(/, ?/)
      .map(unescaped)
      .filter((group) => group !== '')
  );
}

function listed(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) && value.every((group) => typeof group === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

function unescaped(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
