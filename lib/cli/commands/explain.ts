import { didYouMean } from '../../config/read/nearest';
import { allPages, rulePage } from '../../guard/report/rule-page';
import { UsageError } from '../shared/usage-error';

export const EXPLAIN_USAGE = `eu-residency explain [RULE]     what a rule wants, why, and how to mend what it finds; without RULE: all rules`;

/** Runs `explain`; the exit code. */
export function explain(args: readonly string[]): number {
  const [id, ...others] = args;
  const option = args.find((arg) => arg.startsWith('-'));
  if (option !== undefined) throw new UsageError(`explain has no options, got '${option}'`);
  if (others.length > 0) throw new UsageError(`explain takes one rule, got ${args.length}`);
  const pages = allPages();
  if (id === undefined) {
    const width = Math.max(...pages.map((page) => page.id.length));
    for (const page of pages) console.log(`${page.id.padEnd(width)}  ${page.title}`);
    return 0;
  }
  const page = pages.find((candidate) => candidate.id === id);
  if (page === undefined) {
    const ids = pages.map((candidate) => candidate.id);
    throw new UsageError(`there is no rule '${id}'; 'eu-residency explain' lists them${didYouMean(id, ids)}`);
  }
  console.log(rulePage(page));
  return 0;
}
