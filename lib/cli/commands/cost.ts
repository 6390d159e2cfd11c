import { existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DeploymentConfig } from '../../config/model/config';
import { readInputs } from '../../guard/assembly/read-inputs';
import { type Bill, billOf } from '../../report/cost/bill';
import { costCsv } from '../../report/cost/cost-csv';
import { type Addition, costTable } from '../../report/cost/cost-table';
import type { Currency } from '../../report/cost/currency';
import { joinBills } from '../../report/cost/join-bills';
import { accountsOf } from '../cost/accounts-of';
import { additionsOf } from '../cost/additions';
import { type CostCommand, readCostCommand } from '../cost/cost-options';
import { requestMetrics } from '../cost/request-metrics';
import { synthesize } from '../cost/synthesis';
import type { CommandHelp } from '../help/command-help';
import { CONFIG_FILE } from '../models/written-config';
import { print, printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';

export const COST_HELP: CommandHelp = {
  summary: 'Estimate what a deployment costs in a month, by tenant',
  usage: [
    [
      'cost [residency.yaml] [OPTIONS]',
      'synthesizes the configuration, and what one workspace, Region or recovery more would add',
    ],
    ['cost cdk.out [OPTIONS]', 'only the templates of a cloud assembly'],
    ['cost FOLDER FOLDER... [OPTIONS]', 'one bill over the cloud assemblies of several accounts'],
  ],
  options: [
    ['--members N', 'members of each workspace; default: 100'],
    ['--active PERCENT', 'share of the members who sign in during the month; default: 60%'],
    ['--turns N', 'turns of each active member in the month; default: 100'],
    ['--requests N', 'requests to all projects in the month; default: 0'],
    ['--input N', 'tokens that a turn sends to the model, the history included; default: 3000'],
    ['--output N', 'tokens that the model answers with; default: 500'],
    ['--cached PERCENT', 'share of the input that earlier turns have sent; default: 80%'],
    ['--files N', 'files of each member in GB; default: 0'],
    [
      '--background PERCENT',
      'share of the turns that are answered in the background, where a workspace has it; default: 0%',
    ],
    [
      '--office N',
      'office files that each active member uploads in the month, where a workspace converts them; default: 0',
    ],
    ['--model ID', "Bedrock model or profile; default: the first destination of each tenant's first model"],
    [
      '--config FILE',
      'with a cloud assembly: configuration whose currency applies; default: residency.yaml, if it exists',
    ],
    ['--format table|csv', 'csv has one row for each item of a tenant; default: table'],
    ['--width COLUMNS', 'width of the table; default: that of the terminal, unlimited in a pipe or a file'],
  ],
  notes: [
    'Over several accounts, a tenant begins with its account, which the stacks name. All accounts share the free users of Cognito once.',
    'The command calls nothing. Prices are list prices in US dollars from the facts, each with a source and a date; what no source has is unknown, such as the tokens of models outside AWS, and is named below the sums. Euros need a rate in the configuration (`currency`).',
  ],
  examples: ['cost --members 800 --active 60% --turns 120', 'cost cdk.out --format csv'],
  exitCodes: [
    [0, 'success, even if a price is unknown'],
    [2, "the command line is invalid, or an input can't be read"],
  ],
};

/** Runs `cost`; the exit code. */
export function cost(args: readonly string[], now = new Date(), synthesizeFile = synthesize): number {
  const command = readCostCommand(args);
  const { path: input, others } = command;
  if (existsSync(input) && statSync(input).isDirectory()) {
    const config = command.config ?? (existsSync(CONFIG_FILE) ? CONFIG_FILE : undefined);
    return printCosts(
      command,
      [input, ...others],
      [],
      config === undefined ? undefined : deploymentOf(config)?.currency,
      now,
    );
  }
  if (command.config !== undefined) {
    throw new UsageError('--config applies to a cloud assembly only; omit it, or name the configuration alone');
  }
  if (!existsSync(input) && input !== CONFIG_FILE && !/\.ya?ml$/.test(input)) {
    throw new UsageError(
      `${input}: there is no such file or folder; run 'cdk synth' to make an assembly, or name a configuration`,
    );
  }
  const deployment = deploymentOf(input);
  if (deployment === undefined)
    throw new UsageError(`${input}: declares only a boundary; add a workspace or a project`);
  if (process.stderr.isTTY) printError('synthesizing the deployment and its variants ...');
  const synthesis = synthesizeFile(input);
  try {
    return printCosts(
      command,
      [path.join(synthesis.folder, 'declared')],
      additionsOf(synthesis, now),
      deployment.currency,
      now,
    );
  } finally {
    rmSync(synthesis.folder, { recursive: true, force: true });
  }
}

function printCosts(
  { use, model, format, width }: CostCommand,
  assemblies: readonly string[],
  additions: readonly Addition[],
  currency: Currency | undefined,
  now: Date,
): number {
  const read = assemblies.map((assembly) => ({ path: assembly, ...readInputs([assembly]) }));
  const unreadable = read.flatMap((one) => one.unreadable);
  for (const { file, error } of unreadable) printError(`${file}: not read: ${error}`);
  if (unreadable.length > 0) return 2;
  const bills = read.map((one) => {
    const others = read.filter((other) => other !== one).flatMap(({ templates }) => templates);
    return billOf(one.templates, {
      use,
      now,
      others,
      metricsOf: requestMetrics,
      ...(model !== undefined && { model }),
    });
  });
  const [only] = bills;
  const bill =
    bills.length === 1 && only !== undefined
      ? only
      : joinBills(accountsOf(read).map((account, index) => ({ account, bill: bills[index] as Bill })));
  print(
    format === 'csv'
      ? costCsv([...bill.fixed.lines, ...bill.use], currency)
      : costTable(bill, { use, additions, ...(currency && { currency }), ...(width !== undefined && { width }) }),
  );
  return 0;
}

/** What a configuration deploys. The loader is slow to start, so it is loaded only when it is needed. */
function deploymentOf(file: string): DeploymentConfig | undefined {
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  return loadConfig(file).deployment;
}
