import path from 'node:path';
import { median } from '../../bench/statistics';
import { BUNDLES, IMPORT_MS, VALIDATE_MS } from './budget';
import { importTime, nodeOf, processTime, versionOf } from './import-time';
import { REFERENCE_MS, writeReference } from './reference';

// Node may have to be fetched.
jest.setTimeout(300_000);

const RUNS = 21;
const MOST_RUNS = 5 * RUNS;

const node20 = nodeOf(20) ?? '';
const reference = writeReference();

/**
 * The processor time of cold processes, in milliseconds of a quiet machine. Other work on the machine evicts caches and shares cores, which
 * doubles a time but slows the reference as much. So each process is compared with one of the reference right before it, and the median
 * counts. A median over the bound is measured more often before it counts.
 */
function quietTime(measure: () => number, bound = Number.POSITIVE_INFINITY): number {
  const ratios: number[] = [];
  while (ratios.length < RUNS || (ratios.length < MOST_RUNS && median(ratios) * REFERENCE_MS > bound)) {
    const unit = importTime(node20, reference).processor;
    ratios.push(measure() / unit);
  }
  return median(ratios) * REFERENCE_MS;
}

const timeOf = (node: string, name: string, bound?: number): number =>
  quietTime(() => importTime(node, path.join(BUNDLES, name, 'index.mjs')).processor, bound);

beforeAll(() => {
  if (node20 === '') throw new Error('there is no Node 20 here');
});

test.each(Object.entries(IMPORT_MS))('%s is imported in at most %i ms on Node 20', (name, most) => {
  const time = timeOf(node20, name, most);
  process.stdout.write(`import of ${name}, Node ${versionOf(node20)}: ${time.toFixed(1)} ms\n`);
  expect(time).toBeLessThanOrEqual(most);
});

test('the times on Node 24, which Lambda runs, are printed', () => {
  const node = nodeOf(24);
  if (node === undefined) return;
  for (const name of Object.keys(IMPORT_MS)) {
    process.stdout.write(`import of ${name}, Node ${versionOf(node)}: ${timeOf(node, name).toFixed(1)} ms\n`);
  }
});

test(`validate checks the sample in at most ${VALIDATE_MS} ms`, () => {
  const root = path.join(__dirname, '../..');
  const time = quietTime(() => processTime(root, ['bin/eu-residency.cjs', 'validate']), VALIDATE_MS);
  process.stdout.write(`validate: ${time.toFixed(1)} ms\n`);
  expect(time).toBeLessThanOrEqual(VALIDATE_MS);
});
