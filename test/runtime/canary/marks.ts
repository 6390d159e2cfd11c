/** What every canary begins with: no word of the project, and the same in either case. */
const SIGN = 'kanarie4711';

/** A unique word for one place in which content enters. It is a legal name of a tool, a schema and a header's value. */
export const mark = (place: string): string => `${SIGN}${place}`;

/** Any text in the forms in which a store or a log may hold it. */
const FORMS: readonly (readonly [form: string, pattern: RegExp])[] = [
  ['plain', new RegExp(`${SIGN}[a-z]*`, 'gi')],
  ['hexadecimal', new RegExp(Buffer.from(SIGN).toString('hex'), 'gi')],
  ['UTF-16', new RegExp([...SIGN].join('\\x00'), 'gi')],
  // In base64 the text looks different by its place in a group of three bytes; what its neighbours change is cut off.
  ...[0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${' '.repeat(before)}${SIGN}`)
      .toString('base64')
      .replace(/=+$/, '');
    return [`base64 at ${before}`, new RegExp(encoded.slice(before === 0 ? 0 : before + 1, -1), 'g')] as const;
  }),
];

/** Every canary in what was kept, in whatever form, with the words around it. */
export function marksIn(kept: string | Uint8Array): string[] {
  const text = typeof kept === 'string' ? kept : Buffer.from(kept).toString('latin1');
  return FORMS.flatMap(([form, pattern]) =>
    [...text.matchAll(pattern)].map(({ index }) => `${form}: ${text.slice(Math.max(0, index - 40), index + 40)}`),
  );
}
