/**
 * `npm run test:mutation [-- PART...]`, with parts of names, plants each mutation in a copy of the package and prints what catches it
 * first: the guard or AwsSolutions in a synth of the sample, an assertion, or the types. If nothing catches one, the run fails.
 * Then it renames each key of a policy and each variable on one side alone, which the types must refuse.
 */
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { assertions, type Caught, guard, types } from './catchers';
import type { Mutation } from './mutation';
import { MUTATIONS } from './mutations';
import { Copy, missed } from './renames/copy';
import { labelOf, RENAMES, type Rename } from './renames/renames';
import { Scratch, unplantable } from './scratch';

const ROOT = path.join(__dirname, '../..');
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(0)} s`;

/** Requires an unchanged copy to pass: whatever fails there would fail with every mutation too. */
async function requirePassing(scratch: Scratch, mutations: readonly Mutation[]): Promise<void> {
  const tests = [...new Set(mutations.flatMap((mutation) => mutation.tests))];
  const { directory } = scratch;
  const caught = (await types(directory)) ?? (await guard(directory)) ?? (await assertions(directory, tests));
  if (caught !== undefined) throw new Error(`the unchanged package must pass, but this failed: ${caught}`);
}

const catching = ({ directory }: Scratch, mutation: Mutation): Promise<Caught> =>
  [() => guard(directory), () => assertions(directory, mutation.tests), () => types(directory)].reduce<Promise<Caught>>(
    async (before, next) => (await before) ?? next(),
    Promise.resolve(undefined),
  );

/** A mutation that can't be evaluated, for example because its tests don't start, must not end the whole run. */
const asResult = (error: Error): Error => error;

async function main(parts: readonly string[]): Promise<number> {
  const started = performance.now();
  const isSelected = (name: string) => parts.length === 0 || parts.some((part) => name.includes(part));
  const mutations = MUTATIONS.filter(({ name }) => isSelected(name));
  const renames = RENAMES.filter((rename) => isSelected(labelOf(rename)));
  const problems = mutations.flatMap((mutation) => unplantable(mutation) ?? []);
  if (mutations.length + renames.length === 0 || problems.length > 0) {
    console.error(
      problems.length > 0 ? problems.join('\n') : `no mutation and no rename has '${parts.join("' or '")}' in its name`,
    );
    return 1;
  }
  const survivors = [
    ...(mutations.length > 0 ? await survivingMutations(mutations, started) : []),
    ...(await survivingRenames(renames)),
  ];
  const tried = mutations.length + renames.length;
  console.log(`${tried} promises broken, ${survivors.length} survived, in ${seconds(started)}`);
  return survivors.length === 0 ? 0 : 1;
}

async function survivingMutations(mutations: readonly Mutation[], started: number): Promise<string[]> {
  execFileSync(process.execPath, [path.join(ROOT, 'scripts/bundle.mjs')], { stdio: 'inherit' });
  const copies = Array.from({ length: Math.min(availableParallelism(), mutations.length) }, () => new Scratch());
  const survivors: string[] = [];
  try {
    await requirePassing(copies[0] as Scratch, mutations);
    console.log(`the unchanged package passes (${seconds(started)})`);
    const remaining = [...mutations];
    await Promise.all(
      copies.map(async (copy) => {
        for (let mutation = remaining.shift(); mutation !== undefined; mutation = remaining.shift()) {
          const planted = mutation;
          const since = performance.now();
          const caught = await copy.withMutation(planted, () => catching(copy, planted)).catch(asResult);
          if (caught === undefined || caught instanceof Error) survivors.push(planted.name);
          console.log(
            `${planted.name.padEnd(58)} ${seconds(since).padStart(5)}  ${caught instanceof Error ? `NOT EVALUATED: ${caught.message}` : (caught ?? 'SURVIVED')}`,
          );
        }
      }),
    );
  } finally {
    for (const copy of copies) copy.remove();
  }
  return survivors;
}

async function survivingRenames(renames: readonly Rename[]): Promise<string[]> {
  const copy = new Copy();
  const survivors: string[] = [];
  try {
    const broken = await copy.refusing({ sites: [], refusals: renames.flatMap(({ refusals }) => refusals) });
    if (broken.length > 0) throw new Error(`with nothing renamed all must compile, got errors in ${broken.join(', ')}`);
    for (const rename of renames) {
      const since = performance.now();
      const left = missed(rename, await copy.refusing(rename));
      if (left.length > 0) survivors.push(labelOf(rename));
      const found = left.length > 0 ? `SURVIVED in ${left.flat().join(', ')}` : 'types';
      console.log(`${labelOf(rename).padEnd(58)} ${seconds(since).padStart(5)}  ${found}`);
    }
  } finally {
    copy.remove();
  }
  return survivors;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
