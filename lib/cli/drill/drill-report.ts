import { counted } from '../../guard/report/report';
import type { Drilled, DrillReport } from '../../runtime/recovery/drill';

/** Whether something was read, and all of it decrypted. */
export const isWhole = ({ rows, objects }: DrillReport): boolean =>
  rows.read > 0 && [rows, objects].every(({ read, decrypted }) => read === decrypted);

const WRONG = {
  withoutKey:
    'of a member without a key there: the key is copied within ten minutes, unless the member is being erased',
  missing:
    'with an object that is not in the bucket there: S3 takes a few minutes, and never replicates objects from before recovery',
  unreadable: 'with other content than was written: find out who changed it',
} as const;

/** A drill in words. */
export function drillLines(workspace: string, region: string, report: DrillReport): string[] {
  const { rows, objects, members, newest } = report;
  if (rows.read === 0) return [`${workspace}, ${region}: no content there`];
  const lines = [
    `${workspace}, ${region}: ${rows.decrypted} of ${rows.read} rows and ${objects.decrypted} of ${objects.read} objects of ` +
      `${members} members decrypted${newest === undefined ? '' : `; the newest row was written at ${newest}`}`,
  ];
  for (const [what, drilled] of [
    ['row', rows],
    ['object', objects],
  ] as const)
    lines.push(...wrong(what, drilled));
  return lines;
}

const wrong = (what: string, drilled: Drilled): string[] =>
  Object.entries(WRONG).flatMap(([kind, text]) => {
    const count = drilled[kind as keyof typeof WRONG];
    return count === 0 ? [] : [`  ${counted(count, what)} ${text}`];
  });
