/**
 * The groups that a claim names. Cognito sends its own groups as a list, and those of an identity provider as one text: it joins
 * several values with commas, in brackets for some providers, in JSON for others, and percent-encodes all characters other than
 * letters and digits.
 */
export function groupsOf(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.filter((group): group is string => typeof group === 'string');
  if (typeof claim !== 'string') return [];
  return (
    listed(claim) ??
    claim
      .replace(/^\[(.*)\]$/s, '$1')
      // Not trimmed: two names that differ only in white space are two groups.
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
