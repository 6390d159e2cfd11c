import type { Mapping } from './cloudformation-type';

/** Names of a resource in the plan that rules check, each with the names of the blocks around it and without positions. */
interface Names {
  /** The blocks on the way to attributes. */
  readonly blocks: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
}

const namesByMoves = new WeakMap<object, Names>();

/** The names to which pointers of a type lead. */
export function namesIn(moves: NonNullable<Mapping['moves']>): Names {
  const known = namesByMoves.get(moves);
  if (known !== undefined) return known;
  const blocks = new Set<string>();
  const attributes = new Set<string>();
  for (const from of Object.keys(moves)) {
    const steps = from.split('/').slice(1);
    attributes.add(joined(steps));
    for (const [index, step] of steps.entries())
      if (isPosition(step) && index < steps.length - 1) blocks.add(joined(steps.slice(0, index)));
  }
  const names = { blocks, attributes };
  namesByMoves.set(moves, names);
  return names;
}

const isPosition = (step: string) => step === '*' || step === '0';

const joined = (steps: readonly string[]) => steps.filter((step) => !isPosition(step)).join('/');
