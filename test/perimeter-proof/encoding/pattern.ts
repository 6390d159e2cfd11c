/** A pattern of IAM: `*` stands for any text, `?` for one character, and every other character for itself. */
export interface Pattern {
  readonly tokens: readonly Token[];
}

/** The characters that are accepted: one, or a letter in both cases. Or a wildcard. */
export type Token = string | typeof ANY | typeof ONE | typeof SEGMENT;

/** Any text, the empty one too. */
export const ANY = Symbol('any text');
/** Any text without a colon, the empty one too: a wildcard in one of the first parts of an ARN. */
export const SEGMENT = Symbol('any text without a colon');
/** Exactly one character. */
export const ONE = Symbol('one character');

/** A pattern with wildcards, as in `Action`, `Resource`, `StringLike` and `ArnLike`. */
export function like(text: string): Pattern {
  refuseVariables(text);
  return { tokens: [...text].map((character) => (character === '*' ? ANY : character === '?' ? ONE : character)) };
}

/** A pattern whose wildcards are plain characters, as in `StringEquals`. */
export function exactly(text: string): Pattern {
  refuseVariables(text);
  return { tokens: [...text] };
}

/** A pattern that compares letters without case, as in `StringEqualsIgnoreCase`. */
export function ignoringCase(text: string): Pattern {
  refuseVariables(text);
  return { tokens: [...text].map((one) => [...new Set([one.toLowerCase(), one.toUpperCase()])].join('')) };
}

/** A pattern of a whole ARN: in its first parts, a wildcard stands for no colon. */
export function likeArn(arn: string): Pattern {
  const { tokens } = like(arn);
  let colons = 0;
  return {
    tokens: tokens.map((token) => {
      if (token === ':') colons += 1;
      if (colons >= ARN_COLONS) return token;
      if (token === ONE) throw new Error(`the encoding knows no ? in the first parts of an ARN, found ${arn}; add it`);
      return token === ANY ? SEGMENT : token;
    }),
  };
}

/** What follows the fifth colon of an ARN is its last part. */
const ARN_COLONS = 5;

/** Whether a token accepts a character. */
export const accepts = (token: Token | undefined, character: string): boolean =>
  token === ONE || (typeof token === 'string' && token.includes(character));

/** Whether a token stands for a text of any length to which a character may belong. */
export const repeats = (token: Token | undefined, character: string): boolean =>
  token === ANY || (token === SEGMENT && character !== ':');

/** Whether a token stands for the empty text, too. */
export const isOptional = (token: Token | undefined): boolean => token === ANY || token === SEGMENT;

/** The pattern as text that distinguishes it from every other one. */
export const patternId = ({ tokens }: Pattern): string =>
  JSON.stringify(tokens.map((token) => (typeof token === 'string' ? token : [token.description])));

/** Whether a pattern matches a whole text. */
export function matches(pattern: Pattern, text: string): boolean {
  if (!pattern.tokens.includes(SEGMENT)) return matchesOnce(pattern, text);
  let positions = reachedFrom(pattern, [0]);
  for (const character of text) positions = step(pattern, positions, character);
  return positions.includes(pattern.tokens.length);
}

/** The positions in a pattern after one more character. */
export const step = ({ tokens }: Pattern, positions: readonly number[], character: string): number[] =>
  reachedFrom(
    { tokens },
    positions.flatMap((position) => {
      if (repeats(tokens[position], character)) return [position];
      return accepts(tokens[position], character) ? [position + 1] : [];
    }),
  );

/**
 * All positions that are reached without another character. From the last `*` on, every text matches that would match from an earlier
 * position, so earlier ones are left out: there are fewer states.
 */
export function reachedFrom({ tokens }: Pattern, positions: readonly number[]): number[] {
  const reached = new Set<number>();
  for (let position of positions) {
    reached.add(position);
    while (isOptional(tokens[position])) {
      position += 1;
      reached.add(position);
    }
  }
  const last = Math.max(-1, ...[...reached].filter((position) => tokens[position] === ANY));
  return [...reached].filter((position) => position >= last).sort((a, b) => a - b);
}

/** Reads the text once, as IAM does: the last `*` takes more characters when what follows fails. */
function matchesOnce({ tokens }: Pattern, text: string): boolean {
  let [position, index, resume, taken] = [0, 0, -1, 0];
  while (index < text.length) {
    const token = tokens[position];
    if (token === ANY) {
      [resume, taken] = [position, index];
      position += 1;
    } else if (accepts(token, text[index] as string)) {
      position += 1;
      index += 1;
    } else if (resume >= 0) {
      taken += 1;
      [position, index] = [resume + 1, taken];
    } else return false;
  }
  return tokens.slice(position).every((token) => token === ANY);
}

function refuseVariables(text: string): void {
  if (text.includes('${'))
    throw new Error(
      `the encoding has no policy variables, found ${text}; write the value, or add them to the encoding`,
    );
}
