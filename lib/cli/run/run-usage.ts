import type { DeploymentConfig } from '../../config/model/config';
import type { Table } from '../../runtime/aws/table';
import { readUsage } from '../../runtime/gateway/limits/read-usage';
import { deployedTable } from '../deployed/deployed-table';
import { explained } from '../deployed/table-errors';
import { print, printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';
import { readUsageCommand, type UsageCommand } from '../usage/usage-options';
import { type Sum, sumsOf, usageTable } from '../usage/usage-sums';

const OUTPUTS = { table: 'UsageTable', role: 'UsageRole', session: 'eu-residency-usage' };

/** Runs `usage`; the exit code. */
export async function runUsage(args: readonly string[], now = new Date()): Promise<number> {
  const command = readUsageCommand(args, now);
  const { since, until, by, format } = command;
  const { deployment, tenants } = tenantsOf(command);
  const region = command.region ?? deployment.primaryRegion;
  const tables = new Map<string, Promise<Table>>();
  const sums: Sum[] = [];
  try {
    for (const { id, kind, stack } of tenants) {
      const table = tables.get(stack) ?? deployedTable({ stack, region }, OUTPUTS);
      tables.set(stack, table);
      sums.push(...sumsOf(kind, await readUsage(await table, id, since, until), by));
    }
  } catch (error) {
    throw explained(error, OUTPUTS.role);
  }
  if (format === 'json') print(JSON.stringify({ since, until, usage: sums }));
  else if (sums.length > 0) print(usageTable(sums, by));
  else printError(`no tokens were used from ${since} to ${until}${by === 'member' ? ' by members of workspaces' : ''}`);
  return 0;
}

interface Tenant {
  readonly id: string;
  readonly kind: Sum['kind'];
  readonly stack: string;
}

/** The configuration loader is slow to start, so it is loaded only when it is needed. */
function tenantsOf({ tenants, config }: UsageCommand): { deployment: DeploymentConfig; tenants: readonly Tenant[] } {
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  const { deployment } = loadConfig(config);
  if (deployment === undefined) {
    throw new UsageError(`${config}: declares only a boundary; add a workspace or a project`);
  }
  const { name, workspaces, projects } = deployment;
  const all: Tenant[] = [
    ...workspaces.map(({ id }) => ({ id, kind: 'workspace' as const, stack: `${name}-workspace-${id}` })),
    ...projects.map(({ id }) => ({ id, kind: 'project' as const, stack: `${name}-projects` })),
  ];
  const unknown = tenants.find((id) => !all.some((tenant) => tenant.id === id));
  if (unknown !== undefined) {
    throw new UsageError(
      `${config} has no project or workspace '${unknown}'; it has: ${all.map(({ id }) => id).join(', ') || 'none'}; name one of ` +
        'these, or another file with --config',
    );
  }
  return { deployment, tenants: tenants.length === 0 ? all : all.filter(({ id }) => tenants.includes(id)) };
}
