/** `npm run bench -- NAME` compares this package with its peers in one run, and prints the figures. */
import { bundleBench } from './bundle';
import { gatewayBench } from './gateway';
import { guardBench } from './guard';
import { scaleBench } from './scale';
import { soakBench } from './soak';
import { synthBench } from './synth';
import { workspaceBench } from './workspace';

const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  guard: guardBench,
  gateway: gatewayBench,
  bundle: bundleBench,
  scale: scaleBench,
  soak: soakBench,
  synth: synthBench,
  workspace: workspaceBench,
};

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  console.error(
    `usage: npm run bench -- ${Object.keys(BENCHES).join('|')}; soak takes its duration in minutes, scale --write and synth --write store their figures for docs/SCALE.md`,
  );
  process.exitCode = 2;
} else {
  void bench(args);
}
