import type { DeploymentConfig } from '../../config/model/config';
import type { Table } from '../../runtime/aws/table';
import { readUsage } from '../../runtime/gateway/limits/read-usage';
import { openProjectIds } from '../../runtime/gateway/open/open-project-ids';
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
  const { deployment, tenants: declared } = tenantsOf(command);
  const region = command.region ?? deployment.primaryRegion;
  const tables = new Map<string, Promise<Table>>();
  const sums: Sum[] = [];
  try {
    const tableOf = (stack: string) => {
      const table = tables.get(stack) ?? deployedTable({ stack, region }, OUTPUTS);
      tables.set(stack, table);
      return table;
    };
    const tenants = [...declared, ...(await openTenants(deployment, command, tableOf))];
    for (const { id, kind, stack } of tenants) {
      sums.push(...sumsOf(kind, await readUsage(await tableOf(stack), id, since, until), by));
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

/** The open projects, ended ones too: those that are named, or all if no tenant is. */
async function openTenants(
  { name, openProjects, projects, workspaces }: DeploymentConfig,
  { tenants: named }: UsageCommand,
  tableOf: (stack: string) => Promise<Table>,
): Promise<readonly Tenant[]> {
  if (openProjects === undefined) return [];
  const stack = `${name}-projects`;
  const isDeclared = (id: string) => [...projects, ...workspaces].some((one) => one.id === id);
  const ids = named.length > 0 ? named.filter((id) => !isDeclared(id)) : await openProjectIds(await tableOf(stack));
  return ids.map((id) => ({ id, kind: 'project', stack }));
}

/** The configuration loader is slow to start, so it is loaded only when it is needed. */
function tenantsOf({ tenants, config }: UsageCommand): { deployment: DeploymentConfig; tenants: readonly Tenant[] } {
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  const { deployment } = loadConfig(config);
  if (deployment === undefined) {
    throw new UsageError(`${config}: declares only a boundary; add a workspace or a project`);
  }
  const { name, workspaces, projects, openProjects } = deployment;
  const all: Tenant[] = [
    ...workspaces.map(({ id }) => ({ id, kind: 'workspace' as const, stack: `${name}-workspace-${id}` })),
    ...projects.map(({ id }) => ({ id, kind: 'project' as const, stack: `${name}-projects` })),
  ];
  const unknown = tenants.find((id) => !all.some((tenant) => tenant.id === id));
  // The id of an open project isn't in the file.
  if (unknown !== undefined && openProjects === undefined) {
    throw new UsageError(
      `${config} has no project or workspace '${unknown}'; it has: ${all.map(({ id }) => id).join(', ') || 'none'}; name one of ` +
        'these, or another file with --config',
    );
  }
  return { deployment, tenants: tenants.length === 0 ? all : all.filter(({ id }) => tenants.includes(id)) };
}
