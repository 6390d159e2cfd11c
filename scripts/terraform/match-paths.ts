/** Where a value of the provider's resource is in the CloudFormation resource: two pointers. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

interface Candidate extends Move {
  /** The attribute's pointer in the schema. */
  readonly attribute: string;
  readonly score: number;
}

/** Below it, most pairs have nothing in common but a word such as `name`. */
const LEAST = 0.62;

/** The properties that have the same meaning as an attribute, by the words of both; each is used once, the most similar pairs first. */
export function movesBetween(attributes: readonly string[], properties: readonly string[]): Move[] {
  const sides = attributes.filter((from) => !IGNORED.test(from)).map(side);
  const candidates = properties.flatMap((to): Candidate[] => {
    const other = side(to);
    return sides.flatMap((one) => {
      const score = similarity(one, other);
      const move = score < LEAST ? undefined : aligned(one.pointer, to);
      return move === undefined ? [] : [{ ...move, attribute: one.pointer, score }];
    });
  });
  const moves: Move[] = [];
  const used = new Set<string>();
  for (const { from, to, attribute } of candidates.sort((a, b) => b.score - a.score || a.from.length - b.from.length)) {
    const property = to.replaceAll('/0', '/*');
    if (used.has(attribute) || used.has(property)) continue;
    used.add(attribute).add(property);
    moves.push({ from, to });
  }
  return moves.sort((a, b) => a.from.localeCompare(b.from, 'en'));
}

const IGNORED = /^\/(?:id|arn|region|tags|tags_all|timeouts)(?:\/|$)/;

interface Side {
  readonly pointer: string;
  readonly leaf: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

function side(pointer: string): Side {
  const names = pointer.split('/').filter((name) => name !== '' && name !== '*' && name !== '0');
  return { pointer, leaf: new Set(words(names.at(-1) ?? '')), all: new Set(names.flatMap(words)) };
}

const words = (name: string): string[] =>
  name
    .replaceAll('OAuth', 'Oauth')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_-]/)
    .map((word) => SYNONYMS[word] ?? word.replace(/ies$/, 'y').replace(/(?<!s)s$/, ''))
    .filter((word) => word !== '');

const SYNONYMS: Readonly<Record<string, string>> = { config: 'configuration', specification: 'spec', s3: 's3' };

function similarity(one: Side, other: Side): number {
  return 0.6 * overlap(one.leaf, other.leaf) + 0.4 * overlap(one.all, other.all);
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((word) => other.has(word)).length;
  return both / (one.size + other.size - both);
}

/**
 * Both pointers with the same `*`. The bindings have one for every block of the provider's framework, also for one that can't be repeated:
 * a `*` of the attribute stays if the property has one after a name like its own, otherwise the first entry is meant. A property's list has
 * one entry if the attribute isn't in a list.
 */
function aligned(from: string, to: string): Pick<Move, 'from' | 'to'> | undefined {
  const stars = (pointer: string) => pointer.split('*').length - 1;
  const attribute = stars(from) > stars(to) ? withoutExtraStars(from, to) : from;
  let left = stars(attribute);
  const steps = to.split('/').map((step) => {
    if (step !== '*') return step;
    left -= 1;
    return left >= 0 ? '*' : '0';
  });
  return left > 0 ? undefined : { from: attribute, to: steps.join('/') };
}

function withoutExtraStars(from: string, to: string): string {
  const property = to.split('/');
  const lists = property.flatMap((step, at) => (property[at + 1] === '*' ? [new Set(words(step))] : []));
  const steps = from.split('/');
  return steps
    .map((step, at) => {
      // A list of values or a map of them isn't a block.
      if (step !== '*' || at === steps.length - 1) return step;
      const before = new Set(words(steps[at - 1] ?? ''));
      return lists.some((list) => overlap(list, before) >= 0.5) ? '*' : '0';
    })
    .join('/');
}
