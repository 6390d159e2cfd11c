import type { Paint } from '../../guard/report/paint';
import { hanging, wrap } from '../../guard/report/wrap';
import { lineGroups } from '../columns';
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

/** The profiles as a table for a terminal, and below it the fix for each that differs. */
export function profileChecksTable(
  checks: readonly ProfileCheck[],
  paint: Paint,
  width = Number.POSITIVE_INFINITY,
): string {
  const rows = [
    ['STATE', 'PROFILE', 'CALLED FROM', 'ROUTES TO', 'FACTS AS OF'],
    ...checks.map(({ state, id, sourceRegion, found, asOf }) => [
      SHOWN[state],
      id,
      sourceRegion,
      found?.join(' ') ?? '?',
      asOf,
    ]),
  ];
  const [head = [], ...groups] = lineGroups(rows, width);
  const painted = groups.flatMap((lines, index) => lines.map(paintOf(checks[index] as ProfileCheck, paint)));
  const remedies = checks
    .filter(({ fix }) => fix !== '')
    .flatMap(({ state, id, sourceRegion, detail, fix }) => [
      '',
      ...wrap(`${id} called from ${sourceRegion}: ${SHOWN[state]}`, width),
      ...hanging('  ', detail, width),
      ...hanging('  fix: ', fix, width),
    ]);
  const admitted = checks.flatMap(({ id, sourceRegion, admitted: words }) =>
    words === undefined ? [] : ['', ...wrap(`${id} called from ${sourceRegion}: ${words}`, width)],
  );
  return [...head.map(paint.bold), ...painted, ...admitted, ...remedies].join('\n');
}

function paintOf({ state }: ProfileCheck, paint: Paint): (text: string) => string {
  if (GRAVE.includes(state)) return paint.grave;
  return state === 'same' ? (text) => text : paint.warning;
}
