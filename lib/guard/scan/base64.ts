const BASE64 = /^[A-Za-z0-9+/]{12,}={0,2}$/;
/** What no text that a person wrote has: control characters, and bytes that are no UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNPRINTABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD]/;

/** What a text in Base64 says, with or without line breaks; none when it is no Base64. */
export function decoded(text: string): string | undefined {
  const compact = /\s/.test(text) ? text.replace(/\s+/g, '') : text;
  return BASE64.test(compact) ? Buffer.from(compact, 'base64').toString('utf8') : undefined;
}

/** The same where nothing says that it is Base64: only what decodes to clean text is. */
export function decodedText(text: string): string | undefined {
  const plain = decoded(text);
  return plain === undefined || UNPRINTABLE.test(plain) ? undefined : plain;
}
