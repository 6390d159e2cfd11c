import path from 'node:path';
import { loadConfig } from '../../config/load';
import { DEPLOYED } from '../../config/model/purpose';
import { COLOURED, PLAIN, usesColour } from '../../guard/report/paint';
import type { DoctorLine } from '../../report/doctor/doctor-line';
import { doctorTable } from '../../report/doctor/doctor-table';
import { examine } from '../aws/doctor/examine';
import type { Check } from '../aws/doctor/subject';
import { controlPlane } from '../aws/read-profiles';
import { signIn } from '../aws/sign-in';
import { type DoctorCommand, readDoctorCommand } from '../doctor/doctor-options';
import { print } from '../shared/print';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';

export interface DoctorOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** How long one attempt of a call may take. */
  readonly timeoutMs: number;
  /** How long each check may take. */
  readonly deadlineMs: number;
  readonly now: Date;
}

/** Runs `doctor`; the exit code. */
export async function runDoctor(args: readonly string[], options: Partial<DoctorOptions> = {}): Promise<number> {
  const command = readDoctorCommand(args);
  const { lines, account, boundary } = await doctorLines(command, options);
  if (command.format === 'json') {
    print(JSON.stringify({ boundary, account, lines: lines.map(asJson) }, null, 2));
  } else {
    const { environment = process.env } = options;
    print(doctorTable(lines, usesColour(process.stdout, environment) ? COLOURED : PLAIN, tableWidth()));
  }
  return lines.some(({ state }) => state === 'missing') ? 1 : 0;
}

/**
 * What `doctor` finds.
 *
 * @param checks by default all of them
 */
export async function doctorLines(
  { config, qualifier, askIam, members }: Omit<DoctorCommand, 'format'>,
  options: Partial<DoctorOptions> = {},
  checks?: Readonly<Record<string, Check>>,
) {
  const { environment = process.env, timeoutMs = 5_000, deadlineMs = 45_000, now = new Date() } = options;
  const { boundary, deployment, profileRows } = loadConfig(config, DEPLOYED, undefined, () => now);
  if (deployment === undefined) {
    throw new UsageError(
      `${config}: declares a boundary and nothing to deploy; add 'models' and a workspace or a project`,
    );
  }
  const caller = await signIn({ boundary, environment, timeoutMs }, deployment.primaryRegion);
  const control = controlPlane(caller);
  const folder = path.dirname(config);
  const lines = await examine(
    { boundary, deployment, profileRows, caller, control, folder, qualifier, askIam, members, now },
    deadlineMs,
    checks,
  );
  return { lines, account: caller.account, boundary: boundary.name };
}

const asJson = ({ check, state, region, found, fix }: DoctorLine) => ({
  check,
  state,
  region: region ?? null,
  found,
  fix: fix ?? null,
});
