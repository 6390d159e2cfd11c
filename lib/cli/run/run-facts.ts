import path from 'node:path';
import type { ProfileRow } from '../../boundary/profile-row';
import { loadConfig } from '../../config/load';
import { loadProfileRows } from '../../config/load-profile-rows';
import type { ResidencyConfig } from '../../config/model/config';
import { SERVED } from '../../config/model/purpose';
import { writeProfileRows } from '../../config/write-profile-rows';
import { COLOURED, PLAIN, usesColour } from '../../guard/report/paint';
import type { ProfileCheck, ProfileState } from '../../report/profiles/profile-check';
import { profileChecksTable } from '../../report/profiles/profile-checks-table';
import { readProfiles } from '../aws/read-profiles';
import { signIn } from '../aws/sign-in';
import { type FactsCommand, readFactsCommand } from '../facts/facts-options';
import { allProfiles, profilesOf } from '../facts/subject-profiles';
import { print, printError } from '../shared/print';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';

export interface FactsOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** How long one attempt of a call may take. */
  readonly timeoutMs: number;
  readonly now: Date;
}

/** Runs `facts verify`; the exit code. */
export async function runFacts(
  args: readonly string[],
  { environment, timeoutMs, now }: FactsOptions = { environment: process.env, timeoutMs: 5_000, now: new Date() },
): Promise<number> {
  const command = readFactsCommand(args);
  const folder = path.dirname(command.config);
  const rows = loadProfileRows(folder);
  // A row for a profile that routes outside the boundary would refuse the file, and couldn't be corrected.
  const config = loadConfig(command.config, SERVED, [], () => now);
  const subjects = command.all
    ? allProfiles(config.boundary, rows, now)
    : profilesOf(config.boundary, deploymentOf(config, command), rows, now);
  if (subjects.length === 0) {
    printError(
      `${command.config} calls no inference profile, so there is nothing to verify; --all verifies all profiles of the facts`,
    );
    return 0;
  }
  const { boundary } = config;
  const caller = await signIn({ boundary, environment, timeoutMs }, subjects[0]?.sourceRegion as string);
  const checks = await readProfiles(caller, subjects);
  const { account } = caller;
  const written = command.write ? save(folder, rows, checks, now) : undefined;
  if (command.format === 'json') {
    print(
      JSON.stringify(
        { boundary: boundary.name, account, profiles: checks.map(asJson), written: written ?? null },
        null,
        2,
      ),
    );
  } else {
    const paint = usesColour(process.stdout, environment) ? COLOURED : PLAIN;
    print(profileChecksTable(checks, paint, tableWidth()));
    if (written !== undefined) printError(`saved in ${written}`);
  }
  return exitCode(checks);
}

function deploymentOf({ deployment }: ResidencyConfig, { config }: FactsCommand) {
  if (deployment !== undefined) return deployment;
  throw new UsageError(
    `${config}: declares a boundary and calls no model; add --all to verify every profile of the facts`,
  );
}

/** Saves each answer as a row of the file; profiles without an answer keep their rows. */
function save(folder: string, former: readonly ProfileRow[], checks: readonly ProfileCheck[], now: Date): string {
  const asOf = now.toISOString().slice(0, 10);
  const rows = checks.flatMap(({ id, sourceRegion, found }) =>
    found === undefined
      ? []
      : [
          {
            id,
            sourceRegion,
            regions: found,
            source: 'bedrock:GetInferenceProfile',
            asOf,
            confidence: 'high' as const,
          },
        ],
  );
  return writeProfileRows(folder, former, rows);
}

const asJson = ({ id, sourceRegion, state, expected, found, asOf, admitted, detail, fix }: ProfileCheck) => ({
  id,
  sourceRegion,
  state,
  expected,
  found: found ?? null,
  factsAsOf: asOf,
  admitted: admitted ?? null,
  detail: detail || null,
  fix: fix || null,
});

function exitCode(checks: readonly ProfileCheck[]): number {
  const has = (...states: readonly ProfileState[]) => checks.some(({ state }) => states.includes(state));
  if (has('outside', 'unknown')) return 1;
  return has('not-visible') ? 2 : 0;
}
