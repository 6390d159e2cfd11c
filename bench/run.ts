/** `npm run bench -- NAME`: measures this package beside its peers in one run, and prints ratios. */
import { bundleBench } from './bundle';
import { gatewayBench } from './gateway';
import { guardBench } from './guard';
import { soakBench } from './soak';
import { workspaceBench } from './workspace';

const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  guard: guardBench,
  gateway: gatewayBench,
  bundle: bundleBench,
  soak: soakBench,
  workspace: workspaceBench,
};

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHES).join('|')}, soak with the minutes that it takes`);
  process.exitCode = 2;
} else {
  void bench(args);
}
