import type { ReadWord } from './read-words';

/** A name of the EU, or of an area that includes it: what is in the EU is there too. */
export const EU = 'eu';

/** Such a name where it says in which place something is: "in the EU", but not "servers of the EU" or "EU law". */
export const IN_EU = 'in-eu';

/** The longer first. Of several words, each is a beginning. */
const NAMES: readonly (readonly string[])[] = [
  'european economic area, espace economique europeen, europaeisch wirtschaftsraum, european union, europaeisch union, union europeen',
  'eu, ue, eea, ewr, eee, europe',
].flatMap((list) => list.split(', ').map((name) => name.split(' ')));

/** How many words the name of the EU has that begins at a place of a text; 0 if none does. */
export function lengthOfNameAt(at: number, all: readonly ReadWord[]): number {
  const isHere = (name: readonly string[]) =>
    name.every((part, index) => {
      const plain = all[at + index]?.plain;
      return name.length === 1 ? plain === part : plain?.startsWith(part);
    });
  return NAMES.find(isHere)?.length ?? (isShortNameAt(at, all) ? 1 : 0);
}

/** A union is mostly one of workers, and "Europa" is the beginning of other names. */
function isShortNameAt(at: number, all: readonly ReadWord[]): boolean {
  const { shown, plain, isBeforeHyphen } = all[at] as ReadWord;
  const isUnion = plain === 'union' && shown.startsWith('U') && /^(the|der|die|l)$/.test(all[at - 1]?.plain ?? '');
  return !isBeforeHyphen && (isUnion || plain === 'europa' || plain === 'europas');
}

/** Words that say that something is in the place whose name follows. */
const IN = /^(in|im|within|inside|innerhalb|dans|en|sein|territory|territoire|gebiet)$/;

/** Words that may be between them and the name: "in a country of the EU". */
const BETWEEN = new Set(
  (
    'a the of one aws member state states country countries region regions ' +
    'der die den dem des einem einer staat staaten mitgliedstaat mitgliedstaaten land laendern regionen rechenzentrum rechenzentren ' +
    'l la le les d de du un une pays etat etats membre membres'
  ).split(' '),
);

/** A text of many names is read in linear time. */
const MOST_BETWEEN = 6;

/** Whether the name says in which place something is. The first part of a compound doesn't. */
export const isPlaceAt = (at: number, length: number, all: readonly ReadWord[]): boolean =>
  all[at + length - 1]?.isBeforeHyphen === false &&
  IN.test(all.slice(Math.max(0, at - MOST_BETWEEN), at).findLast(({ plain }) => !BETWEEN.has(plain))?.plain ?? '');
