/**
 * The condition that a statement allows something only until the end of a day in UTC, such as `2027-01-31`. AWS ends the permission then,
 * whether or not anyone deploys.
 */
export function beforeEndOf(day: string): Record<string, Record<string, string>> {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
  return { DateLessThan: { 'aws:CurrentTime': `${next.toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)}Z` } };
}
