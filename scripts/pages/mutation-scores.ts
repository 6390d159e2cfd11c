import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EQUIVALENTS } from '../../test/stryker/equivalents';
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
  const { before, after, sampledFrom } = result;
  const run = sampledFrom === undefined ? total(after) : `${total(after)}, a sample of ${sampledFrom}`;
  const equivalent = EQUIVALENTS.filter(({ file }) => file.startsWith(`${code}/`)).length;
  const shown = (figures?: Figures) =>
    figures === undefined ? 'not measured' : score(figures, sampledFrom !== undefined);
  return `| ${[...cells, run, shown(before), shown(after), after.survived + after.notCovered, equivalent].join(' | ')} |`;
}

const percent = (share: number) => `${(Math.floor(share * 1_000) / 10).toFixed(1)} %`;

/** For a sample with the lower bound, which is what counts. */
const score = (figures: Figures, isSample: boolean) =>
  isSample ? `${percent(scoreOf(figures))}, at least ${percent(lowerBound(figures))}` : percent(scoreOf(figures));
