/** A pattern of IAM: `*` stands for any text, `?` for one character, and every other character for itself. */
export interface Pattern {
  readonly tokens: readonly Token[];
}

/** The characters that are accepted: one, or a letter in both cases. Or a wildcard. */
export type Token = string | typeof ANY | typeof ONE;

/** Any text, the empty one too. */
export const ANY = Symbol('any text');
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

/** Whether a token accepts a character. */
export const accepts = (token: Token | undefined, character: string): boolean =>
  token === ONE || (typeof token === 'string' && token.includes(character));

/** The pattern as text that distinguishes it from every other one. */
export const patternId = ({ tokens }: Pattern): string =>
  JSON.stringify(tokens.map((token) => (typeof token === 'string' ? token : [token.description])));

/** Whether a pattern matches a whole text. Reads the text once, as IAM does: the last `*` takes more characters when what follows fails. */
export function matches({ tokens }: Pattern, text: string): boolean {
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
