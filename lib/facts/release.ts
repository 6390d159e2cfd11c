import type { FactOrigin } from './layers';
import type { FactsRelease } from './release-facts';

/** What every output says of an old release; none while it is current. */
export function releaseWarning(
  { version, checkedAt, nextCheck, expires }: FactsRelease,
  today: string,
): string | undefined {
  if (today < nextCheck) return undefined;
  const state = today < expires ? `has been due for renewal since ${nextCheck}` : `expired on ${expires}`;
  return (
    `facts release ${version} of ${checkedAt} ${state}; its rows keep deciding, but may be out of date: accept a newer one with ` +
    "'eu-residency facts update FILE', and deploy again"
  );
}

/** Whose word a row is, for an output that shows its date: `facts release 4 of 2027-01-14`; none for any other row. */
export function releaseOrigin(release: FactsRelease | undefined, origin: FactOrigin | undefined): string | undefined {
  if (origin?.kind !== 'release') return undefined;
  const date = release?.version === origin.version ? ` of ${release.checkedAt}` : '';
  return `facts release ${origin.version}${date}`;
}
