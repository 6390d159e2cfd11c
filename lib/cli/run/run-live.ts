import type { LiveRow } from '../../evidence/core/evidence';
import { liveRows, type Read } from '../../evidence/core/live';
import type { DoctorLine } from '../../report/doctor/doctor-line';
import { CHECKS } from '../aws/doctor/examine';
import type { Check } from '../aws/doctor/subject';
import { readDoctorCommand } from '../doctor/doctor-options';
import { readLiveKeys } from './run-access';
import { doctorLines } from './run-doctor';

/** Checks that are about this machine and not about the account. */
const LOCAL = ['Node.js', 'CDK CLI', 'facts release'];

/** What the account of a configuration has now, each with the time at which it was read. */
export async function readLive(config: string): Promise<LiveRow[]> {
  const times = new Map<DoctorLine, string>();
  const timed = Object.entries(CHECKS)
    .filter(([name]) => !LOCAL.includes(name))
    .map(([name, check]): [string, Check] => [
      name,
      async (subject) => {
        const lines = await check(subject);
        for (const line of lines) times.set(line, now());
        return lines;
      },
    ]);
  // The keys come first: another account's credentials are refused before its state is read.
  const keys = (await readLiveKeys(config)).map(read);
  const { lines } = await doctorLines(readDoctorCommand(['--config', config]), {}, Object.fromEntries(timed));
  return liveRows(
    lines.map((value) => ({ value, readAt: times.get(value) ?? now() })),
    keys,
  );
}

const now = () => new Date().toISOString();
const read = <T>(value: T): Read<T> => ({ value, readAt: now() });
