/**
 * `npm run test:attacks` runs every table of attacks, against `serve`, the bundles and commands, and prints how many got through.
 * `-- --only TEXT` runs only the attacks whose class and name contain the text, and `-- --target serve` (or `bundles`, `command`)
 * runs them against one target.
 */
import { parseArgs } from 'node:util';
import type { MemberLimits } from '@/lib/contract/policies/gateway-policy';
import type { Attack, AttackTable, OtherTable } from './attack';
import { Report } from './report';
import { COMMAND_TABLES, TABLES } from './tables';
import type { Target, TargetName } from './target';
import { BundlesTarget } from './targets/bundles-target';
import { ServeTarget } from './targets/serve-target';
import { overMemory, violations } from './verdict';
import { prepareWorld, requireReadable, type World } from './world';

const START: Readonly<Record<TargetName, (limits: MemberLimits) => Promise<Target>>> = {
  serve: (limits) => ServeTarget.start(limits),
  bundles: (limits) => BundlesTarget.start(limits),
};

/** The results of attacks by their names, in which no name may be repeated. */
async function resultsOf<Row extends { readonly name: string }>(
  attacks: readonly Row[],
  run: (row: Row) => Promise<readonly string[]>,
  note: (name: string, found: readonly string[]) => void,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const results = new Map<string, readonly string[]>();
  for (const row of attacks) {
    if (results.has(row.name)) throw new Error(`two attacks are named '${row.name}'; rename one`);
    const found = await run(row).catch((error: Error) => [`it wasn't run: ${error.stack}`]);
    results.set(row.name, found);
    note(row.name, found);
  }
  return results;
}

/** Runs one attack after another. A peak of memory counts for the attack that caused it. */
function attackerOf(target: Target, world: World): (row: Attack) => Promise<readonly string[]> {
  let peak = 0;
  return async (row) => {
    const before = peak;
    const found = await foundBy(row, target, world);
    peak = target.peak;
    return [...found, ...overMemory(before, peak)];
  };
}

async function foundBy(row: Attack, target: Target, world: World): Promise<readonly string[]> {
  if ('run' in row) return row.run(world, target);
  const sent = typeof row.request === 'function' ? row.request(world, target) : row.request;
  return violations(row, sent, await target.send(sent));
}

/** Runs tables on one deployment. */
async function runOn(name: TargetName, tables: readonly AttackTable[], report: Report): Promise<void> {
  if (tables.length === 0) return;
  const target = await START[name](tables[0]?.limits ?? {});
  try {
    const world = await prepareWorld(target);
    const attack = attackerOf(target, world);
    for (const { title, attacks, isAlone } of tables) {
      const started = performance.now();
      const own = attacks.filter((row) => !('on' in row) || row.on === name);
      const results = await resultsOf(own, attack, report.noting(title, name));
      report.add(title, name, results, performance.now() - started);
      // What a table leaves behind decides whether the next one attacks anything.
      if (isAlone !== true) await requireReadable(target, world, title);
    }
  } finally {
    await target.stop();
  }
}

async function runAllOn(name: TargetName, tables: readonly AttackTable[], report: Report): Promise<void> {
  const own = tables.filter(({ on = name }) => on === name);
  await runOn(
    name,
    own.filter(({ isAlone = false }) => !isAlone),
    report,
  );
  for (const table of own.filter(({ isAlone = false }) => isAlone)) await runOn(name, [table], report);
}

async function runCommands(tables: readonly OtherTable[], report: Report): Promise<void> {
  for (const { title, attacks } of tables) {
    const started = performance.now();
    const results = await resultsOf(attacks, ({ run }) => run(), report.noting(title, 'command'));
    report.add(title, 'command', results, performance.now() - started);
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, target: { type: 'string' } } });
  const { only = '', target } = values;
  const report = new Report();
  const started = performance.now();
  const chosen = <Table extends { readonly title: string; readonly attacks: readonly { readonly name: string }[] }>(
    tables: readonly Table[],
  ) =>
    tables
      .map((table) => ({
        ...table,
        attacks: table.attacks.filter(({ name }) => `${table.title}: ${name}`.includes(only)),
      }))
      .filter(({ attacks }) => attacks.length > 0);
  const isChosen = (name: string) => (target ?? name) === name;
  const targets = (['serve', 'bundles'] as const).filter(isChosen);
  await Promise.all(targets.map((name) => runAllOn(name, chosen(TABLES), report)));
  if (isChosen('command')) await runCommands(chosen(COMMAND_TABLES), report);
  return report.print(performance.now() - started);
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
