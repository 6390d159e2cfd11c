/**
 * `npm run test:attacks` runs every table of attacks against `serve` and against the bundles, and prints how many got through.
 * `-- --only TEXT` runs only the attacks whose class or name contains the text, and `-- --target serve` (or bundles, or command)
 * runs them against one target.
 */
import { parseArgs } from 'node:util';
import type { Attack, AttackTable } from './attack';
import { type Failure, Report } from './report';
import { TABLES } from './tables';
import type { Target, TargetName } from './target';
import { BundlesTarget } from './targets/bundles-target';
import { ServeTarget } from './targets/serve-target';
import { violations } from './verdict';
import { prepareWorld, type World } from './world';

const START: Readonly<Record<TargetName, () => Promise<Target>>> = {
  serve: ServeTarget.start,
  bundles: BundlesTarget.start,
};

async function attack(row: Attack, world: World, target: Target): Promise<readonly string[]> {
  if ('run' in row) return row.run(world, target);
  const sent = typeof row.request === 'function' ? row.request(world, target) : row.request;
  return violations(row, sent, await target.send(sent));
}

/** Runs tables on one deployment. */
async function runOn(name: TargetName, tables: readonly AttackTable[], report: Report): Promise<void> {
  if (tables.length === 0) return;
  const target = await START[name]();
  try {
    const world = await prepareWorld(target);
    for (const { title, attacks } of tables) {
      const started = performance.now();
      for (const row of attacks) {
        const found = await attack(row, world, target).catch((error: Error) => [`it wasn't run: ${error.message}`]);
        report.add(title, name, row.name, found);
      }
      report.took(title, name, performance.now() - started);
    }
  } finally {
    await target.stop();
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, target: { type: 'string' } } });
  const report = new Report();
  const started = performance.now();
  const isChosen = (title: string, name: string) => `${title}: ${name}`.includes(values.only ?? '');
  const tables = TABLES.map((table) => ({
    ...table,
    attacks: table.attacks.filter(({ name }) => isChosen(table.title, name)),
  })).filter(({ attacks }) => attacks.length > 0);
  const targets = (['serve', 'bundles'] as const).filter((name) => (values.target ?? name) === name);
  await Promise.all(
    targets.map(async (name) => {
      const own = tables.filter(({ on = name }) => on === name);
      await runOn(name, own.filter(({ isAlone = false }) => !isAlone), report);
      for (const table of own.filter(({ isAlone = false }) => isAlone)) await runOn(name, [table], report);
    }),
  );
  return report.print(performance.now() - started);
}

export type { Failure };

void main().then((code) => process.exit(code));
