/** Escapes, and halves of surrogate pairs. */
const NOT_PLAIN = /[\\\ud800-\udfff]/;

const [QUOTE, COLON, COMMA, BRACE, BRACE_END, BRACKET, BRACKET_END] = [...'":,{}[]'].map((sign) => sign.charCodeAt(0));
const [ZERO, NINE, A, Z] = [...'09az'].map((sign) => sign.charCodeAt(0)) as [number, number, number, number];
/** Each integer with as many digits has one double, and ECMAScript writes it as it is. */
const MOST_DIGITS = 15;
/** Deeper texts are left to the writer, so that nothing is read that can't be written. */
const MOST_LEVELS = 100;

/**
 * Whether valid JSON is canonical and plain: it has no escapes, no numbers but those of up to 15 digits, and no characters of two code units. Of
 * other texts, this says nothing. To write the value again and compare would take several times as long.
 *
 * @param json a text that `JSON.parse` accepts
 */
export function isPlainCanonical(json: string): boolean {
  if (NOT_PLAIN.test(json)) return false;
  // The last key of each object that is open. A list needs none, but has a place.
  const keys: string[] = [];
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      const end = json.indexOf('"', at + 1);
      if (json.charCodeAt(end + 1) === COLON) {
        const key = json.slice(at + 1, end);
        // The same key twice isn't canonical. The first key of an object is compared with the empty text.
        if (key <= (keys.at(-1) as string)) return false;
        keys[keys.length - 1] = key;
      }
      at = end;
    } else if (code === BRACE || code === BRACKET) {
      if (keys.push('') > MOST_LEVELS) return false;
    } else if (code === BRACE_END || code === BRACKET_END) keys.pop();
    else if (code >= ZERO && code <= NINE) {
      const start = at;
      while (isDigit(json.charCodeAt(at + 1))) at += 1;
      // An exponent's letter would count as one of a literal.
      if (at - start >= MOST_DIGITS || isLetter(json.charCodeAt(at + 1))) return false;
    } else if (code !== COLON && code !== COMMA && !isLetter(code)) return false;
  }
  return true;
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

/** Of `true`, `false` and `null`. */
const isLetter = (code: number): boolean => code >= A && code <= Z;
