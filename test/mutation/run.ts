/**
 * `npm run test:mutation [-- PART...]`, with parts of names: breaks each promise once, in a copy of the package, and prints what catches it: the
 * guard or AwsSolutions at the synth of the sample, an assertion, or the types, whichever is first. One that nothing catches fails. Then it
 * renames each key of a policy and each variable on one side alone, which the types must refuse.
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

/** Whatever is caught in a copy that nothing is broken in would be caught in every other too. */
async function requireWhole(scratch: Scratch, mutations: readonly Mutation[]): Promise<void> {
  const tests = [...new Set(mutations.flatMap((mutation) => mutation.tests))];
  const { directory } = scratch;
  const caught = (await types(directory)) ?? (await guard(directory)) ?? (await assertions(directory, tests));
  if (caught !== undefined) throw new Error(`with nothing broken there must be nothing to catch, got ${caught}`);
}

const catching = ({ directory }: Scratch, mutation: Mutation): Promise<Caught> =>
  [() => guard(directory), () => assertions(directory, mutation.tests), () => types(directory)].reduce<Promise<Caught>>(
    async (before, next) => (await before) ?? next(),
    Promise.resolve(undefined),
  );

/** One that can't be judged, as when its tests don't begin, must not cost what is known of the others. */
const unjudged = (error: Error): Error => error;

async function main(parts: readonly string[]): Promise<number> {
  const started = performance.now();
  const isMeant = (name: string) => parts.length === 0 || parts.some((part) => name.includes(part));
  const mutations = MUTATIONS.filter(({ name }) => isMeant(name));
  const renames = RENAMES.filter((rename) => isMeant(labelOf(rename)));
  const rotten = mutations.flatMap((mutation) => unplantable(mutation) ?? []);
  if (mutations.length + renames.length === 0 || rotten.length > 0) {
    console.error(
      rotten.length > 0 ? rotten.join('\n') : `no mutation and no rename has '${parts.join("' or '")}' in its name`,
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
    await requireWhole(copies[0] as Scratch, mutations);
    console.log(`with nothing broken, nothing is caught (${seconds(started)})`);
    const left = [...mutations];
    await Promise.all(
      copies.map(async (copy) => {
        for (let mutation = left.shift(); mutation !== undefined; mutation = left.shift()) {
          const planted = mutation;
          const since = performance.now();
          const caught = await copy.broken(planted, () => catching(copy, planted)).catch(unjudged);
          if (caught === undefined || caught instanceof Error) survivors.push(planted.name);
          console.log(
            `${planted.name.padEnd(58)} ${seconds(since).padStart(5)}  ${caught instanceof Error ? `NOT JUDGED: ${caught.message}` : (caught ?? 'SURVIVED')}`,
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
