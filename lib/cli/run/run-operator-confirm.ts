import type { OperatorEvent } from '../../contract/rights';
import type { Shown } from '../administration/admin-request';
import type { OperatorCommand } from '../administration/operator-options';
import { runFunction } from '../deployed/run-function';
import { explained } from '../deployed/table-errors';
import { UsageError } from '../shared/usage-error';

const OUTPUT = 'OperatorFunction';

/** Runs the operator's function of a deployed workspace with the caller's own credentials; the job. */
export async function runOperatorConfirm({ job, workspace, yes, cancel, config }: OperatorCommand): Promise<Shown> {
  const { stack, region } = placeOf(config, workspace);
  const event: OperatorEvent = { job, confirm: yes, ...(cancel && { cancel }) };
  try {
    return (await runFunction(stack, region, { function: OUTPUT }, event)) as Shown;
  } catch (error) {
    throw explained(error, OUTPUT);
  }
}

/** The configuration loader is slow to start, so it is loaded only when it is needed. */
function placeOf(config: string, workspace: string): { readonly stack: string; readonly region: string } {
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  const { deployment } = loadConfig(config);
  const known = deployment?.workspaces.map(({ id }) => id) ?? [];
  if (deployment === undefined || !known.includes(workspace)) {
    throw new UsageError(
      `${config} has no such workspace; it has: ${known.join(', ') || 'none'}; name one of these, or another file with --config`,
    );
  }
  return { stack: `${deployment.name}-workspace-${workspace}`, region: deployment.primaryRegion };
}
