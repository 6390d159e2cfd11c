import { didYouMean } from '../../boundary/nearest';
import { allPages, rulePage } from '../../guard/report/rule-page';
import { columns } from '../../report/columns';
import type { CommandHelp } from '../help/command-help';
import { print } from '../shared/print';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';

export const EXPLAIN_HELP: CommandHelp = {
  summary: 'Explain a rule: what it requires, why, and how to fix a finding',
  usage: [['explain [RULE]']],
  options: [['RULE', 'the id of a rule, as each finding shows it; without it, all rules are listed']],
  examples: ['explain edge-type'],
  exitCodes: [
    [0, 'success'],
    [2, 'there is no such rule'],
  ],
};

/** Runs `explain`; the exit code. */
export function explain(args: readonly string[]): number {
  const [id, ...others] = args;
  const option = args.find((arg) => arg.startsWith('-'));
  if (option !== undefined) throw new UsageError(`explain has no options, found '${option}'`);
  if (others.length > 0) throw new UsageError(`explain takes one rule, found ${args.length}`);
  const pages = allPages();
  if (id === undefined) {
    for (const line of columns(
      pages.map(({ id, title }) => [id, title]),
      tableWidth(),
    ))
      print(line);
    return 0;
  }
  const page = pages.find((candidate) => candidate.id === id);
  if (page === undefined) {
    const ids = pages.map((candidate) => candidate.id);
    throw new UsageError(`there is no rule '${id}'; 'eu-residency explain' lists them${didYouMean(id, ids)}`);
  }
  print(rulePage(page, tableWidth()));
  return 0;
}
