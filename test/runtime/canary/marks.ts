/** The start of every canary: a word that the project doesn't use, matched in upper and lower case. */
const PREFIX = 'kanarie4711';

/** A unique word for one input field. It is valid as the name of a tool or schema, and as a header value. */
export const mark = (place: string): string => `${PREFIX}${place}`;

/** The encodings in which a store or a log may contain a text. */
const FORMS: readonly (readonly [form: string, pattern: RegExp])[] = [
  ['plain', new RegExp(`${PREFIX}[a-z]*`, 'gi')],
  ['hexadecimal', new RegExp(Buffer.from(PREFIX).toString('hex'), 'gi')],
  ['UTF-16', new RegExp([...PREFIX].join('\\x00'), 'gi')],
  // In base64, a text's form depends on its offset in a group of three bytes; the characters that its neighbours affect are cut off.
  ...[0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${' '.repeat(before)}${PREFIX}`)
      .toString('base64')
      .replace(/=+$/, '');
    return [`base64 at ${before}`, new RegExp(encoded.slice(before === 0 ? 0 : before + 1, -1), 'g')] as const;
  }),
];

/** Every canary in stored data, in any encoding, with the text around it. */
export function marksIn(stored: string | Uint8Array): string[] {
  const text = typeof stored === 'string' ? stored : Buffer.from(stored).toString('latin1');
  return FORMS.flatMap(([form, pattern]) =>
    [...text.matchAll(pattern)].map(({ index }) => `${form}: ${text.slice(Math.max(0, index - 40), index + 40)}`),
  );
}
