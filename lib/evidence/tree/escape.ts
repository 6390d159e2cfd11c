/** What XML 1.0 can't contain, not even escaped, and directional marks, by which a name could change how the text around it is read. */
const REFUSED = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Bidi_Control}\ufffe\uffff]/gu;

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text for HTML and XML, in an element or in an attribute in quotes. A character that a document can't contain becomes U+FFFD. */
export const escaped = (text: string): string =>
  text.replace(REFUSED, '\ufffd').replace(/[&<>"']/g, (character) => NAMED[character] ?? character);
