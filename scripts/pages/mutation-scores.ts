import { readFileSync } from 'node:fs';
import path from 'node:path';
import { STRYKER_MODULES, type StrykerModule } from '../../test/stryker/modules';
import { type Figures, lowerBound, readResults, scoreOf, total } from '../../test/stryker/results';
import type { Page } from './page';

const TABLE = /(?<=\n)\| module \| code \| mutants run \|.*?(?=\n\n)/s;

/** The table of CONTRIBUTING with the mutation scores of the last run of each module. */
export const mutationScores: Page = {
  file: 'CONTRIBUTING.md',
  render: () => {
    const page = readFileSync(path.join(__dirname, '../../CONTRIBUTING.md'), 'utf8');
    if (!TABLE.test(page))
      throw new Error('CONTRIBUTING.md: there is no table of mutation scores; restore its first line');
    const lines = [
      '| module | code | mutants run | score before | score now | survivors | equivalent |',
      '|---|---|---|---|---|---|---|',
      ...STRYKER_MODULES.map(line),
    ];
    return page.replace(TABLE, lines.join('\n'));
  },
};

function line({ name, code }: StrykerModule): string {
  const result = readResults().find(({ module }) => module === name);
  const cells = [`\`${name}\``, `\`${code}\``];
  if (result === undefined) return `| ${[...cells, 'not measured', '', '', '', ''].join(' | ')} |`;
  const { before, after, equivalent, sampledFrom } = result;
  const all = sampledFrom ?? total(after);
  const run = sampledFrom === undefined ? all : `${total(after)}, a sample of ${all}`;
  const first = before === undefined ? 'not measured' : `${score(before, all)}${ofAnother(before, after)}`;
  return `| ${[...cells, run, first, score(after, all), after.survived + after.notCovered, equivalent].join(' | ')} |`;
}

const percent = (share: number) => `${(Math.floor(share * 1_000) / 10).toFixed(1)} %`;

/** For a sample with the lower bound, which is what counts. */
const score = (figures: Figures, all: number) =>
  percent(scoreOf(figures)) + (total(figures) < all ? `, at least ${percent(lowerBound(figures))}` : '');

/** Says so if the first measurement ran another number of mutants than the last one. */
const ofAnother = (before: Figures, after: Figures) => (total(before) === total(after) ? '' : ` (of ${total(before)})`);
