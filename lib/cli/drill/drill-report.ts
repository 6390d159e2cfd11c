import type { Drilled, DrillReport } from '../../runtime/recovery/drill';

/** Whether something was read, and all of it decrypted. */
export const isWhole = ({ rows, objects }: DrillReport): boolean =>
  rows.read > 0 && [rows, objects].every(({ read, decrypted }) => read === decrypted);

const WRONG = {
  withoutKey: 'of a member without a key there: it comes within ten minutes, unless they are being erased',
  missing:
    'with an object that is not in the bucket there: S3 takes some minutes, and what was there before recovery never comes by itself',
  unreadable: 'that are something else than what was written: ask who changed them',
} as const;

/** A drill in words. */
export function drillLines(workspace: string, region: string, report: DrillReport): string[] {
  const { rows, objects, members, newest } = report;
  if (rows.read === 0) return [`${workspace}, ${region}: there is no content there`];
  const lines = [
    `${workspace}, ${region}: ${rows.decrypted} of ${rows.read} rows and ${objects.decrypted} of ${objects.read} objects of ` +
      `${members} members decrypted${newest === undefined ? '' : `; the newest row is of ${newest}`}`,
  ];
  for (const [what, drilled] of [
    ['rows', rows],
    ['objects', objects],
  ] as const)
    lines.push(...wrong(what, drilled));
  return lines;
}

const wrong = (what: string, drilled: Drilled): string[] =>
  Object.entries(WRONG).flatMap(([kind, text]) => {
    const count = drilled[kind as keyof typeof WRONG];
    return count === 0 ? [] : [`  ${count} ${what} ${text}`];
  });
