import { admissionsIn } from '../../../facts/admissions';
import { admittedBy } from '../../../facts/origin-words';
import type { AdmittedPolicy } from './admitted-policy';

/** Writes one line about each model that the owner admitted; without any, nothing. Not by `console`, which Lambda would wrap. */
export function logAdmissions(
  { boundary }: Pick<AdmittedPolicy, 'boundary'>,
  write: (line: string) => void = (line) => void process.stdout.write(line),
): void {
  for (const { id, from, regions, origin } of admissionsIn(boundary._facts?.layers ?? [])) {
    write(`${JSON.stringify({ event: 'admitted', id, from, regions, text: admittedBy(origin) })}\n`);
  }
}
