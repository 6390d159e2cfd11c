import { matches, type Pattern, reachedFrom, step } from './pattern';

/** All texts that the same patterns match. */
export interface TextClass {
  /** One of the texts. */
  readonly example: string;
  /** Whether each pattern matches, in the patterns' order. */
  readonly matched: readonly boolean[];
}

/** What the texts of a variable can be. */
export interface Texts {
  /** A pattern that every text matches. */
  readonly domain: Pattern;
  /** Characters for where a pattern allows any. The first that no pattern asks for there is used. */
  readonly fillers: string;
  /** Texts to use as examples before others; texts outside the domain are ignored. */
  readonly preferred: readonly string[];
  /** All texts that there are, if they are few. */
  readonly only?: readonly string[];
}

/** A variable with more states has patterns that interleave too much to enumerate. */
const MOST_STATES = 300_000;

/**
 * All classes of texts that patterns distinguish. It walks the deterministic automaton of all patterns together, and each state of it that
 * can be reached is one class or a part of one. So a class is listed if, and only if, a text is in it.
 */
export function textClasses(patterns: readonly Pattern[], { domain, fillers, preferred, only }: Texts): TextClass[] {
  const all = [domain, ...patterns];
  const found = new Map<string, TextClass>();
  /** Adds the class of the texts that the patterns with these numbers match. The domain has the number 0. */
  const add = (example: string, matching: readonly number[]) => {
    const key = matching.join(',');
    if (matching[0] !== 0 || found.has(key)) return;
    const matched = patterns.map(() => false);
    for (const number of matching.slice(1)) matched[number - 1] = true;
    found.set(key, { example, matched });
  };
  for (const text of only ?? preferred) {
    add(
      text,
      all.flatMap((pattern, number) => (matches(pattern, text) ? number : [])),
    );
  }
  if (only) return [...found.values()];
  const start = aliveOf(all.map((pattern, number) => [number, reachedFrom(pattern, [0])]));
  const seen = new Set([stateKey(start)]);
  let layer: [string, State][] = [['', start]];
  while (layer.length > 0) {
    const next: typeof layer = [];
    for (const [text, state] of layer) {
      add(
        text,
        state.flatMap(([number, positions]) => (positions.includes(all[number]?.tokens.length ?? -1) ? number : [])),
      );
      // A text outside the domain, whatever follows.
      if (state[0]?.[0] !== 0) continue;
      for (const character of charactersAt(all, state, fillers)) {
        const after = aliveOf(
          state.map(([number, positions]) => [number, step(all[number] as Pattern, positions, character)]),
        );
        const key = stateKey(after);
        if (seen.has(key)) continue;
        seen.add(key);
        if (seen.size > MOST_STATES)
          throw new Error(
            `${patterns.length} patterns distinguish more than ${MOST_STATES} prefixes; use fewer wildcards`,
          );
        next.push([text + character, after]);
      }
    }
    layer = next;
  }
  return [...found.values()];
}

/** The numbers of the patterns that a text can still match, in their order, each with the positions that are reached in it. */
type State = readonly (readonly [number: number, positions: readonly number[]])[];

const aliveOf = (state: State): State => state.filter(([, positions]) => positions.length > 0);

const stateKey = (state: State): string =>
  state.map(([number, positions]) => `${number}:${positions.join(',')}`).join(';');

/** The characters that lead to different states: those that patterns ask for here, and one that stands for all others. */
function charactersAt(patterns: readonly Pattern[], state: State, fillers: string): string[] {
  const asked = new Set<string>();
  for (const [number, positions] of state) {
    for (const position of positions) {
      const token = patterns[number]?.tokens[position];
      if (typeof token === 'string') for (const character of token) asked.add(character);
    }
  }
  const other = [...fillers].find((character) => !asked.has(character));
  if (other === undefined) throw new Error(`every character of ${fillers} has a meaning at the same place; add one`);
  return [...asked, other];
}
