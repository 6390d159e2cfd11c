/** Whether a version such as `2.1148.1` isn't older than another. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [found, wanted] = [version, oldest].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number));
  for (const [index, part] of (wanted ?? []).entries()) {
    const own = found?.[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
