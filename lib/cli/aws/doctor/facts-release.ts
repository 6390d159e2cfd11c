import { factsOf } from '../../../boundary/facts-of';
import { releaseWarning } from '../../../facts/release';
import { linesOf } from '../../../report/doctor/doctor-line';
import type { Check } from './subject';

const lines = linesOf('facts release')();

/** The age of the facts release next to the configuration; no line without one. */
export const factsRelease: Check = async ({ boundary, now }) => {
  const { release } = factsOf(boundary);
  if (release === undefined) return [];
  const today = now.toISOString().slice(0, 10);
  const { version, checkedAt, nextCheck, expires } = release;
  const found = `version ${version} of ${checkedAt}`;
  if (releaseWarning(release, today) === undefined) return [lines.ok(`${found}; the next one is due on ${nextCheck}`)];
  const fix = "accept a newer one: 'eu-residency facts update FILE'";
  return [
    lines.missing(`${found}, ${today < expires ? `due for renewal since ${nextCheck}` : `expired on ${expires}`}`, fix),
  ];
};
