import { visible } from '../../html/visible';

/** A space without width, at which no link begins. */
const BREAK = '&#8203;';

/**
 * Nothing of a template may become a link, an image, a mention or a new column. GitHub links addresses of pages and of mail after it has
 * decoded entities, even in `<code>`.
 */
const escapedText = (text: string) =>
  visible(text)
    .replace(/[\\`*_[\]<>|~@#!]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/:(?=\/\/)|\bwww(?=\.)|&#64;/gi, `$&${BREAK}`);

/** A text in a cell of a table. Outside code, GitHub also links numbers of issues, and texts that may be hashes of commits. */
export const cell = (text: string) =>
  escapedText(text)
    .replace(/&#35;|\bGH-(?=\d)/gi, `$&${BREAK}`)
    .replace(/\b(?=\d*[a-f])[\da-f]{7,}\b/gi, (hash) => hash.replace(/.{6}/g, `$&${BREAK}`));

/** A text in a monospaced font, such as a path. */
export const code = (text: string) => `<code>${escapedText(text)}</code>`;
