import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { columns } from '../lib/report/columns';
import { type SynthFigures, writeSynthFigures } from './synth/figures';
import { measureSynth } from './synth/measure';

const SIZES = [1, 10, 100, 500];

/** Measures the synthesis of the sample with 1 to 500 workspaces. `--write` stores the figures for docs/SCALE.md. It takes minutes. */
export async function synthBench([option]: readonly string[]): Promise<void> {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: path.join(__dirname, '..'), stdio: 'inherit' });
  const figures: SynthFigures = SIZES.map((workspaces) => ({ workspaces, ...measureSynth(workspaces) }));
  const rows = figures.map(({ workspaces, resources, seconds, processor, megabytes, exceeded }) => [
    `${workspaces}`,
    `${resources}`,
    `${seconds.toFixed(1)} s`,
    `${processor.toFixed(1)} s`,
    `${megabytes.toFixed(0)} MB`,
    `${exceeded.length}`,
  ]);
  const header = ['workspaces', 'resources', 'time', 'processor time', 'peak memory', 'limits of AWS exceeded'];
  console.log(columns([header, ...rows]).join('\n'));
  for (const { workspaces, exceeded } of figures)
    for (const what of exceeded) console.log(`${workspaces} workspaces: ${what}`);
  if (option === '--write') writeSynthFigures(figures);
}
