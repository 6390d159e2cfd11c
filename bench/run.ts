/** `npm run bench -- NAME`: measures this package beside its peers in one run, and prints ratios. */
import { guardBench } from './guard';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = { guard: guardBench };

const bench = BENCHES[process.argv[2] ?? ''];
if (bench === undefined) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHES).join('|')}`);
  process.exitCode = 2;
} else {
  void bench();
}
