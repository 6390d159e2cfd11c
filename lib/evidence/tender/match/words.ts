import { EU, IN_EU, isPlaceAt, lengthOfNameAt } from './eu-names';
import { readWords, type Word } from './read-words';

/** The words of a text. Each name of the EU, and of an area that includes it, is the one word `eu`, or `in-eu` where it is a place. */
export function wordsOf(text: string): Word[] {
  const all = readWords(text);
  const words: Word[] = [];
  for (let at = 0; at < all.length; at += words.at(-1)?.shown.split(' ').length ?? 1) {
    const length = lengthOfNameAt(at, all);
    if (length === 0) words.push(all[at] as Word);
    else {
      words.push({
        shown: all
          .slice(at, at + length)
          .map(({ shown }) => shown)
          .join(' '),
        plain: isPlaceAt(at, length, all) ? IN_EU : EU,
        isBeforeWord: all[at + length - 1]?.isBeforeWord === true,
      });
    }
  }
  return words;
}

/** Articles, prepositions and the like, which name no subject. */
const COMMON = new Set(
  (
    'a an and are as at be by can for from has have in is it its of on or our that the their this to we with you your must shall should will ' +
    'als am an auf bei das dem den der des die ein eine einem einen einer er es im in ist mit nach oder sich sie sind und vom von werden wird wurden zu zum zur muss muessen soll sollen kann koennen darf duerfen ' +
    'a au aux avec ce ces d dans de des du elle en est et il la le les l ou par pour qu que qui s se sa ses son sont sur un une y etre doit doivent peut peuvent leur leurs'
  ).split(' '),
);

/** Whether a word, as it is compared, names no subject. */
export const isCommon = (plain: string): boolean => COMMON.has(plain);

/** The words of a text that aren't common. */
export const namingOf = (text: string): readonly Word[] => wordsOf(text).filter(({ plain }) => !isCommon(plain));
