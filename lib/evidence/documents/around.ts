import type { Content, Inline } from '../tree/tree';

/** What no word of a language contains. */
const MARK = '\u0000';

/** A sentence around a part that isn't only text. */
export function around(sentence: (part: string) => string, part: Inline): Content {
  const [before = '', after = ''] = sentence(MARK).split(MARK);
  return [before, part, after].filter((one) => one !== '');
}
