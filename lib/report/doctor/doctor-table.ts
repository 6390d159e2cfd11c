import type { Paint } from '../../guard/report/paint';
import { hanging } from '../../guard/report/wrap';
import { visible } from '../../html/visible';
import { lineGroups } from '../columns';
import type { DoctorLine, DoctorState } from './doctor-line';

const SHOWN: Readonly<Record<DoctorState, string>> = {
  ok: 'ok',
  missing: 'missing',
  soon: 'soon',
  'not-visible': 'not visible',
};

/** The lines as a table for a terminal: the same result in several Regions is one row, with the fix below it. */
export function doctorTable(lines: readonly DoctorLine[], paint: Paint, width = Number.POSITIVE_INFINITY): string {
  const rows = grouped(lines);
  const [head = [], ...texts] = lineGroups(
    [
      ['STATE', 'CHECK', 'FOUND'],
      ...rows.map(({ line, regions }) => [SHOWN[line.state], line.check, visible(whole(line, regions))]),
    ],
    width,
  );
  const colour: Record<DoctorState, (text: string) => string> = {
    ok: (text) => text,
    missing: paint.grave,
    soon: paint.warning,
    'not-visible': paint.warning,
  };
  const body = rows.flatMap(({ line }, index) => [
    ...(texts[index] ?? []).map(colour[line.state]),
    ...(line.fix === undefined ? [] : hanging('    fix: ', visible(line.fix), width)),
  ]);
  return [...head.map(paint.bold), ...body, '', summary(lines)].join('\n');
}

interface Row {
  readonly line: DoctorLine;
  readonly regions: readonly string[];
}

function grouped(lines: readonly DoctorLine[]): Row[] {
  const rows = new Map<string, { line: DoctorLine; regions: string[] }>();
  for (const line of lines) {
    const { check, state, region, found, fix } = line;
    const key = JSON.stringify([check, state, region === undefined, found, fix]);
    const row = rows.get(key) ?? { line, regions: [] };
    if (region !== undefined) row.regions.push(region);
    rows.set(key, row);
  }
  return [...rows.values()];
}

const whole = ({ found }: DoctorLine, regions: readonly string[]) =>
  regions.length === 0 ? found : `${regions.join(' ')}: ${found}`;

function summary(lines: readonly DoctorLine[]): string {
  const count = (wanted: DoctorState) => lines.filter(({ state }) => state === wanted).length;
  const soon = count('soon') === 0 ? '' : `${count('soon')} soon, `;
  return `${count('ok')} ok, ${count('missing')} missing, ${soon}${count('not-visible')} not visible`;
}
