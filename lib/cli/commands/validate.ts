import { parseArgs } from 'node:util';
import type { ResidencyConfig } from '../../config/model/config';
import { counted } from '../../guard/report/report';
import type { CommandHelp } from '../help/command-help';
import { print, printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';

export const VALIDATE_HELP: CommandHelp = {
  summary: 'Check residency.yaml alone, and report all of its mistakes together',
  usage: [['validate [FILE]']],
  options: [['FILE', 'the configuration; default: residency.yaml']],
  examples: ['validate', 'validate deployments/campus.yaml'],
  exitCodes: [
    [0, 'the configuration is valid'],
    [2, "the configuration has mistakes, or it can't be read"],
  ],
};

/** Runs `validate`; the exit code. */
export function validate(args: readonly string[]): number {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [file = 'residency.yaml', ...others] = positionals;
  if (others.length > 0) throw new UsageError(`validate takes one file, found ${positionals.length}`);
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  const config = loadConfig(file);
  print(`${file} is valid: ${contentOf(config)}`);
  for (const text of config.warnings) printError(`warning: ${text}`);
  return 0;
}

function contentOf({ boundary, deployment }: ResidencyConfig): string {
  const inside = `boundary ${boundary.name}`;
  if (deployment === undefined) return `${inside}, nothing to deploy`;
  const { primaryRegion, recoveryRegion, workspaces, projects, openProjects, models } = deployment;
  return [
    inside,
    `primary Region ${primaryRegion}`,
    ...(recoveryRegion === undefined ? [] : [`recovery Region ${recoveryRegion}`]),
    counted(workspaces.length, 'workspace'),
    counted(projects.length, 'project'),
    ...(openProjects ? [`up to ${counted(openProjects.maximum, 'open project')}`] : []),
    counted(models.length, 'model'),
  ].join(', ');
}
