/** What a requirement with a choice asks for. */
export interface Alternatives {
  readonly first: string;
  readonly second: string;
}

/** The words around the first side of a choice. */
const CHOICES: readonly (readonly [before: RegExp, after: RegExp])[] = [
  [/\beither\b/iu, /(?<=.)\bor\b/isu],
  [/\bentweder\b/iu, /(?<=.)\boder\b/isu],
  [/\bsoit\b/iu, /(?<=.)\bsoit\b/isu],
];

/**
 * The two sides of "either ... or", "entweder ... oder" or "soit ... soit" in one sentence. A lone "or" is none: in most requirements it
 * joins things that are all asked for.
 */
export function alternativesOf(requirement: string): Alternatives | undefined {
  for (const sentence of requirement.split(/[.;?!]/)) {
    const [first] = CHOICES.flatMap(([before, after]) => choiceIn(sentence, before, after)).sort((a, b) => a.at - b.at);
    if (first !== undefined) return first.sides;
  }
  return undefined;
}

/** One search for each word: an expression for both would read the rest of a long sentence again for each "either". */
function choiceIn(sentence: string, before: RegExp, after: RegExp): { at: number; sides: Alternatives }[] {
  const start = before.exec(sentence);
  if (start === null) return [];
  const rest = sentence.slice(start.index + start[0].length);
  const end = after.exec(rest);
  if (end === null) return [];
  const sides = { first: rest.slice(0, end.index), second: rest.slice(end.index + end[0].length) };
  return sides.second === '' ? [] : [{ at: start.index, sides }];
}
