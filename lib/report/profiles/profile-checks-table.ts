import type { Paint } from '../../guard/report/paint';
import { columns } from '../columns';
import type { ProfileCheck, ProfileState } from './profile-check';

const SHOWN: Readonly<Record<ProfileState, string>> = {
  outside: 'outside',
  unknown: 'unknown',
  'not-visible': 'not visible',
  gained: 'drift, inside',
  lost: 'drift, inside',
  same: 'same',
};
const GRAVE: readonly ProfileState[] = ['outside', 'unknown'];

/** The profiles as a table to read in a terminal, and below it what to do about each that differs. */
export function profileChecksTable(checks: readonly ProfileCheck[], paint: Paint): string {
  const [head = '', ...lines] = columns([
    ['STATE', 'PROFILE', 'CALLED FROM', 'LEADS TO', 'FACTS AS OF'],
    ...checks.map(({ state, id, sourceRegion, found, asOf }) => [
      SHOWN[state],
      id,
      sourceRegion,
      found?.join(' ') ?? '?',
      asOf,
    ]),
  ]);
  const painted = lines.map((line, index) => paintOf(checks[index] as ProfileCheck, paint)(line));
  const remedies = checks
    .filter(({ fix }) => fix !== '')
    .flatMap(({ state, id, sourceRegion, detail, fix }) => [
      '',
      `${id} called from ${sourceRegion}: ${SHOWN[state]}`,
      `  ${detail}`,
      `  fix: ${fix}`,
    ]);
  return [paint.bold(head), ...painted, ...remedies].join('\n');
}

function paintOf({ state }: ProfileCheck, paint: Paint): (text: string) => string {
  if (GRAVE.includes(state)) return paint.grave;
  return state === 'same' ? (text) => text : paint.warning;
}
