/** What the members of one group used in a month. Each member counts in one group only, for the whole month. */
export interface GroupOfMonth {
  /** Null for members who are in none of the groups. */
  readonly group: string | null;
  /** The members who used anything. */
  readonly members: number;
  readonly models: ReadonlyMap<string, UseOfModel>;
}

export interface UseOfModel {
  readonly tokens: number;
  /** The members who used the model. */
  readonly members: number;
}

/**
 * A part of a month's use that is shown as one number, because it is that of enough members. It has no tokens of caches: those of
 * many members can be a single one's.
 */
export interface Block {
  /** Null for the members of all groups that have no block of their own. */
  readonly group: string | null;
  /** Null for all models that have no block of their own. */
  readonly model: string | null;
  /** Whether it includes models that too few members used. */
  readonly withModels?: true;
  /** Whether it includes groups of which too few members used anything. */
  readonly withGroups?: true;
  readonly tokens: number;
}

/**
 * Divides the use of a month into blocks, each the use of at least `minimum` members. Every answer is a sum of whole blocks. So whatever is
 * added to or subtracted from whatever else, each block counts wholly or not at all, and at least `minimum` members remain together.
 *
 * @returns no block if fewer members used anything in the whole workspace
 */
export function releasedBlocks(groups: readonly GroupOfMonth[], minimum: number): Block[] {
  const large = groups.filter(({ members }) => members >= minimum);
  const small = groups.filter(({ members }) => members > 0 && members < minimum);
  const blocks = large.flatMap((one) => blocksOf(one, minimum));
  if (small.length === 0) return blocks;
  const rest = wholeOf(small);
  // No member counts in two groups, so the members of several groups are as many as those of each together.
  if (sumOf(small.map(({ members }) => members)) >= minimum) return [...blocks, { group: null, model: null, ...rest }];
  const [least] = [...large].sort((one, other) => one.members - other.members);
  const host = blocks.findIndex(({ group }) => least !== undefined && group === least.group);
  return blocks.map((block, at) => (at === host ? { ...block, ...total([block, rest]), withGroups: true } : block));
}

/** The blocks of a group that is large enough. Its models that too few members used are in one with another model. */
function blocksOf({ group, models }: GroupOfMonth, minimum: number): Block[] {
  const used = [...models].filter(([, { members }]) => members > 0);
  const few = used.filter(([, { members }]) => members < minimum).map(([, use]) => use);
  const many = used
    .filter(([, { members }]) => members >= minimum)
    .sort(([, one], [, other]) => one.members - other.members);
  // The members of several models may be the same, so only the whole group is known to be large enough.
  if (many.length === 0) return [{ group, model: null, ...total(used.map(([, use]) => use)) }];
  return many.map(([model, use], at) =>
    at === 0 && few.length > 0
      ? { group, model, ...total([use, ...few]), withModels: true }
      : { group, model, ...total([use]) },
  );
}

const wholeOf = (groups: readonly GroupOfMonth[]): Tokens =>
  total(groups.flatMap(({ models }) => [...models.values()]));

type Tokens = Pick<Block, 'tokens'>;

const total = (uses: readonly Tokens[]): Tokens => ({
  tokens: sumOf(uses.map(({ tokens }) => tokens)),
});

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
