import type { DeploymentConfig } from '../../config/model/config';
import type { Table } from '../../runtime/aws/table';
import { readLabels, readUsage } from '../../runtime/gateway/limits/read-usage';
import { openProjectIds } from '../../runtime/gateway/open/open-project-ids';
import { readReleased } from '../../runtime/gateway/usage/read-released';
import { deployedTable } from '../deployed/deployed-table';
import { explained } from '../deployed/table-errors';
import { print, printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';
import { memberSums } from '../usage/member-usage';
import { linesOfProject, linesOfWorkspace, type UsageLine, usageCsv } from '../usage/usage-csv';
import { readUsageCommand, type UsageCommand } from '../usage/usage-options';
import { type Sum, sumsOfLabels, sumsOfProject, sumsOfWorkspace, usageTable } from '../usage/usage-sums';

const OUTPUTS = { table: 'UsageTable', role: 'UsageRole', session: 'eu-residency-usage' };

/** Runs `usage`; the exit code. */
export async function runUsage(args: readonly string[], now = new Date()): Promise<number> {
  const command = readUsageCommand(args, now);
  const { format, by } = command;
  if (by === 'member') {
    // The workspace answers without a file, which only checks its name.
    if (command.config !== undefined) requireWorkspace(command);
    show(await memberSums(command), command);
    return 0;
  }
  const { deployment, tenants } = tenantsOf(command);
  const used = await released(command, deployment, tenants, now);
  if (format === 'csv') print(usageCsv(used.filter(isLine), deployment.currency));
  else show(used.filter(isSum), command);
  const workspaces = tenants.filter(({ kind }) => kind === 'workspace').map(({ id }) => id);
  if (format !== 'json' && workspaces.length > 0) printError(noteOn(workspaces));
  return 0;
}

function show(sums: readonly Sum[], { since, until, by, format }: UsageCommand): void {
  if (format === 'json') print(JSON.stringify({ since, until, usage: sums }));
  else if (sums.length > 0) print(usageTable(sums, by));
  else printError(`nothing is shown from ${since} to ${until}`);
}

const isLine = (one: Sum | UsageLine): one is UsageLine => 'cost' in one;
const isSum = (one: Sum | UsageLine): one is Sum => !isLine(one);

/** Sums of what the role of the command may read, or lines of them for CSV. */
async function released(
  command: UsageCommand,
  deployment: DeploymentConfig,
  declared: readonly Tenant[],
  now: Date,
): Promise<(Sum | UsageLine)[]> {
  const { since, until, by, format } = command;
  const region = command.region ?? deployment.primaryRegion;
  const tables = new Map<string, Promise<Table>>();
  const used: (Sum | UsageLine)[] = [];
  try {
    const tableOf = (stack: string) => {
      const table = tables.get(stack) ?? deployedTable({ stack, region }, OUTPUTS);
      tables.set(stack, table);
      return table;
    };
    const tenants = [...declared, ...(await openTenants(deployment, command, tableOf))];
    for (const { id, kind, stack } of tenants) {
      if (kind === 'workspace' && OF_PROJECTS.includes(by)) continue;
      const table = await tableOf(stack);
      if (kind === 'workspace') {
        const sums = sumsOfWorkspace(id, await readReleased(table, id, since, until), by);
        used.push(...(format === 'csv' ? linesOfWorkspace(sums) : sums));
        continue;
      }
      const days = await readUsage(table, id, since, until);
      const labels = by === 'label' ? await readLabels(table, id, since, until) : [];
      if (format === 'csv') used.push(...linesOfProject(id, days, labels, command, now));
      else used.push(...(by === 'label' ? sumsOfLabels(days, labels) : sumsOfProject(days, by)));
    }
  } catch (error) {
    throw explained(error, OUTPUTS.role);
  }
  return used;
}

/** What only projects are shown by. */
const OF_PROJECTS: readonly UsageCommand['by'][] = ['day', 'label'];

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

/** @throws UsageError if what is named isn't a workspace of the file */
function requireWorkspace(command: UsageCommand): void {
  const { tenants } = tenantsOf(command);
  const other = command.tenants.find((id) => !tenants.some((one) => one.id === id && one.kind === 'workspace'));
  if (other !== undefined) {
    throw new UsageError(
      `--by: found 'member' for '${other}', which isn't a workspace of ${command.config}; only workspaces have members, so name one`,
    );
  }
}

/** The configuration loader is slow to start, so it is loaded only when it is needed. */
function tenantsOf({ tenants, config = 'residency.yaml', by }: UsageCommand): {
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
  if (OF_PROJECTS.includes(by) && tenants.length > 0) {
    const workspace = chosen.find(({ kind }) => kind === 'workspace');
    if (workspace !== undefined) {
      throw new UsageError(
        by === 'day'
          ? `--by: found 'day' for '${workspace.id}'; a workspace is shown by whole months, because days show when single members began; ` +
              'ask with --by group, model or tenant'
          : `--by: found 'label' for '${workspace.id}'; only keys of projects have labels; ask with --by group, model or tenant`,
      );
    }
  }
  return { deployment, tenants: chosen };
}
