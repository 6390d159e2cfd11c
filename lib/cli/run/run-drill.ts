import type { DrillReport } from '../../runtime/recovery/drill';
import { runFunction } from '../deployed/run-function';
import { explained } from '../deployed/table-errors';
import { readDrillCommand } from '../drill/drill-options';
import { drillLines, isWhole } from '../drill/drill-report';
import { print } from '../shared/print';
import { UsageError } from '../shared/usage-error';

const ROLE = 'DrillRole';
const OUTPUTS = { function: 'DrillFunction', as: { role: ROLE, session: 'eu-residency-drill' } };

/** Runs `drill`; the exit code. */
export async function runDrill(args: readonly string[]): Promise<number> {
  const command = readDrillCommand(args);
  const { stackOf, region, workspaces } = copiesOf(command);
  const reports: { readonly workspace: string; readonly region: string; readonly report: DrillReport }[] = [];
  try {
    for (const workspace of workspaces) {
      const report = (await runFunction(stackOf(workspace), region, OUTPUTS, { rows: command.rows })) as DrillReport;
      reports.push({ workspace, region, report });
    }
  } catch (error) {
    throw explained(error, ROLE);
  }
  if (command.format === 'json') {
    print(JSON.stringify({ drills: reports.map(({ report, ...where }) => ({ ...where, ...report })) }));
  } else {
    for (const { workspace, report } of reports) print(drillLines(workspace, region, report).join('\n'));
  }
  return reports.every(({ report }) => isWhole(report)) ? 0 : 1;
}

/** The configuration loader is slow to start, so it is loaded only when it is needed. */
function copiesOf({ config, workspaces }: Pick<ReturnType<typeof readDrillCommand>, 'config' | 'workspaces'>) {
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  const { deployment } = loadConfig(config);
  const known = deployment?.workspaces.map(({ id }) => id) ?? [];
  if (deployment?.recoveryRegion === undefined || known.length === 0) {
    throw new UsageError(
      `${config}: replicates no workspace; name a second Region with 'regions: { recovery: REGION }', and deploy`,
    );
  }
  const unknown = workspaces.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new UsageError(
      `${config} has no workspace '${unknown}'; it has: ${known.join(', ')}; name one of these, or another file with --config`,
    );
  }
  return {
    region: deployment.recoveryRegion,
    workspaces: workspaces.length === 0 ? known : workspaces,
    stackOf: (id: string) => `${deployment.name}-recovery-drill-${id}`,
  };
}
