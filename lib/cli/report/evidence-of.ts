import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { ResidencyBoundary } from '../../boundary/boundary';
import type { ResidencyConfig } from '../../config/model/config';
import { DEPLOYED } from '../../config/model/purpose';
import { buildEvidence } from '../../evidence/core/build-evidence';
import type { Evidence, LiveRow } from '../../evidence/core/evidence';
import { organisationOf } from '../../evidence/core/organisation';
import type { InvocationLog, Project } from '../../evidence/documents/context';
import { readInputs } from '../../guard/assembly/read-inputs';
import { joined } from '../../guard/declarations/declarations';
import { version } from '../../report/version';
import { boundaryOf } from '../shared/boundary-of';
import { UsageError } from '../shared/usage-error';
import { drillReports } from './drill-reports';
import type { ReportCommand } from './report-options';

/**
 * The evidence of an assembly or a template, with the inputs that couldn't be read.
 *
 * @throws UsageError if the assembly itself can't be read, or has no template: a report of nothing must not take the place of an earlier one
 */
export async function evidenceOf(command: ReportCommand): Promise<{
  readonly evidence: Evidence;
  readonly boundary: ResidencyBoundary;
  readonly unreadable: readonly string[];
  /** Those of the configuration. */
  readonly projects: readonly Project[];
  /** That of the configuration; none without a deployment in it. */
  readonly invocationLog?: InvocationLog;
  /** Whether the members of a workspace of the configuration create API keys; none without a deployment in it. */
  readonly memberKeys?: boolean;
}> {
  const { path: input, date } = command;
  const inputs = readInputs([input]);
  const unreadable = inputs.unreadable.map(({ file, error }) => `${file}: not read: ${error}`);
  const isAll = inputs.unreadable.every(({ file }) => path.resolve(file) === path.resolve(input));
  if (inputs.templates.length === 0 && isAll) throw new UsageError(nothingRead(unreadable));
  const config = configOf(command);
  const drills = command.drills.length === 0 ? undefined : drillReports(command.drills, date);
  const boundary =
    config?.boundary ?? (command.boundary === undefined ? ResidencyBoundary.eu() : boundaryOf(command.boundary));
  const evidence = buildEvidence(inputs, {
    boundary,
    version: version(),
    date,
    ...(existsSync(input) && { folder: statSync(input).isDirectory() ? input : path.dirname(input) }),
    ...(command.live && command.config !== undefined && { live: await liveOf(command.config) }),
    ...(drills !== undefined && { drills }),
    declarations: joined([...(config === undefined ? [] : [config.declarations]), ...exceptionsOf(command)]),
    ...(config !== undefined && { profileRows: config.profileRows, ...organisationOf(config) }),
  });
  const deployment = config?.deployment;
  return {
    evidence,
    boundary,
    unreadable,
    projects: [
      ...(deployment?.projects ?? []),
      ...(deployment?.openProjects
        ? [{ id: 'open', models: deployment.openProjects.models, upTo: deployment.openProjects.maximum }]
        : []),
    ],
    ...(deployment !== undefined && {
      invocationLog: deployment.bedrock.invocationLogging ?? {},
      memberKeys: deployment.workspaces.some(({ keys }) => keys !== undefined),
    }),
  };
}

const nothingRead = (unreadable: readonly string[]): string =>
  [
    'no template was read, so no report is written',
    ...unreadable.map((line) => `: ${line}`),
    "; if there is no assembly yet, run 'cdk synth'",
  ].join('');

/** The loader is slow to start, so it is loaded only for a file. */
function configOf({ config, date }: ReportCommand): ResidencyConfig | undefined {
  if (config === undefined) return undefined;
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  return loadConfig(config, DEPLOYED, undefined, () => new Date(`${date}T00:00:00Z`));
}

function exceptionsOf({ exceptions }: ReportCommand) {
  if (exceptions === undefined) return [];
  const { loadDeclarations } =
    require('../../config/load-declarations') as typeof import('../../config/load-declarations');
  return [loadDeclarations(exceptions)];
}

/** The AWS SDK is loaded only if it is needed. */
function liveOf(config: string): Promise<LiveRow[]> {
  const { readLive } = require('../run/run-aws') as typeof import('../run/run-aws');
  return readLive(config);
}
