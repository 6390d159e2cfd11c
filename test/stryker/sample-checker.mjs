/**
 * A checker of Stryker that keeps only the mutants of a sample: it reports the others as if they didn't compile, and such mutants aren't
 * run and don't count. `STRYKER_SAMPLE` names the file with the keys of the chosen ones.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const Sample = class {
  async init() {
    this.chosen = new Set(JSON.parse(readFileSync(process.env.STRYKER_SAMPLE, 'utf8')));
  }

  /** Together, because one at a time would take longer than the tests. */
  async group(mutants) {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants) {
    const status = (mutant) =>
      this.chosen.has(keyOf(mutant)) ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' };
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, status(mutant)]));
  }
};

/** Identifies a mutant without the number that a run gives it. */
export const keyOf = ({ fileName, location: { start, end }, mutatorName, replacement }) =>
  [
    path.relative(process.cwd(), fileName),
    `${start.line}:${start.column}-${end.line}:${end.column}`,
    mutatorName,
    replacement,
  ].join(' ');

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', injectableClass: Sample }];
