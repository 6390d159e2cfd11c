import type { DeploymentConfig } from '../../config/model/config';
import type { Table } from '../../runtime/aws/table';
import { readUsage } from '../../runtime/gateway/limits/read-usage';
import { openProjectIds } from '../../runtime/gateway/open/open-project-ids';
import { readReleased } from '../../runtime/gateway/usage/read-released';
import { deployedTable } from '../deployed/deployed-table';
import { explained } from '../deployed/table-errors';
import { print, printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';
import { memberSums } from '../usage/member-usage';
import { readUsageCommand, type UsageCommand } from '../usage/usage-options';
import { type Sum, sumsOfProject, sumsOfWorkspace, usageTable } from '../usage/usage-sums';

const OUTPUTS = { table: 'UsageTable', role: 'UsageRole', session: 'eu-residency-usage' };

/** Runs `usage`; the exit code. */
export async function runUsage(args: readonly string[], now = new Date()): Promise<number> {
  const command = readUsageCommand(args, now);
  const { since, until, by, format } = command;
  const { deployment, tenants } = tenantsOf(command);
  const sums = by === 'member' ? await memberSums(command) : await released(command, deployment, tenants);
  if (format === 'json') print(JSON.stringify({ since, until, usage: sums }));
  else if (sums.length > 0) print(usageTable(sums, by));
  else printError(`nothing is shown from ${since} to ${until}`);
  const workspaces = tenants.filter(({ kind }) => kind === 'workspace').map(({ id }) => id);
  if (format === 'table' && by !== 'member' && workspaces.length > 0) printError(noteOn(workspaces));
  return 0;
}

/** Sums of what the role of the command may read. */
async function released(command: UsageCommand, deployment: DeploymentConfig, declared: readonly Tenant[]) {
  const { since, until, by } = command;
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
      if (kind === 'workspace' && by === 'day') continue;
      const table = await tableOf(stack);
      sums.push(
        ...(kind === 'project'
          ? sumsOfProject(await readUsage(table, id, since, until), by)
          : sumsOfWorkspace(id, await readReleased(table, id, since, until), by)),
      );
    }
  } catch (error) {
    throw explained(error, OUTPUTS.role);
  }
  return sums;
}

/** A workspace's missing line may mean that too few members used anything, or that its month isn't over. */
const noteOn = (workspaces: readonly string[]) =>
  `workspaces (${workspaces.join(', ')}) are shown by whole months, from the second day after each, and only where enough members used ` +
  "something: 'monitoring.minimumGroup'";

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
function tenantsOf({ tenants, config, by }: UsageCommand): {
  deployment: DeploymentConfig;
  tenants: readonly Tenant[];
} {
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
  const chosen = tenants.length === 0 ? all : all.filter(({ id }) => tenants.includes(id));
  if (by === 'day' && tenants.length > 0) {
    const workspace = chosen.find(({ kind }) => kind === 'workspace');
    if (workspace !== undefined) {
      throw new UsageError(
        `--by: found 'day' for '${workspace.id}'; a workspace is shown by whole months, because days show when single members began; ` +
          'ask with --by group, model or tenant',
      );
    }
  }
  return { deployment, tenants: chosen };
}
