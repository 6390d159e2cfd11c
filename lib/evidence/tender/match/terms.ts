import { describedIn } from './after-place';
import { isIn, readWords, type Word } from './read-words';
import { wordsOf } from './words';

/** Beginnings of words, or whole words that end with a full stop. */
const NEGATIONS =
  'not. no. none. non. never without cannot nobod nothing neither nor. except exclud prevent forbid prohibit disallow unless ' +
  'nicht kein nie. niemals niemand ohne weder ausgeschlossen ausser ausnahm untersag verbiet verbot unzulaess unterbind verhinder ' +
  'ne. n. pas. aucun jamais sans. ni. sauf. interdi exclu hormis empech';

const QUANTITIES =
  'all. only. every each. any. anyone anything full. fully complete entire whole sole solely exclusiv always automatic guarantee mandatory individual ' +
  'alle. allen. aller. alles. allein nur. jede jeder voll. volle vollstaendig vollumfaenglich gesamt saemtlich ausschliesslich immer komplett lueckenlos automati jederzeit garantier einzeln ' +
  'tout. toute. toutes. tous. seul uniquement chaque complet entier exclusivement toujours integral ensemble. garanti obligatoire';

const TIMES =
  'zero. two. three. four. five. six. seven. eight. nine. ten. hour minute day. days. daily week month year. yearly annual quarterly regularly immediately ' +
  'zwei drei. vier. fuenf sechs. sieben. acht. neun. zehn. stunde minuten tag. tage. taegl woche monat jahr jaehrlich regelmaessig unverzueglich sofort echtzeit ' +
  'deux. trois. quatre. cinq. dix. heure jour. jours. journalier semaine mois. annee annuel trimestr regulierement immediat';

/** What is elsewhere, on other machines or at another time is answered by another statement, or by none. */
const ELSEWHERE =
  'outside abroad elsewhere. overseas beyond world global. before. prior. browser. laptop. laptops. notebook smartphone usb. device. devices. mobile. ' +
  'ausland weltweit bevor. vorher. endgeraet mobilgeraet datentraeger ' +
  'hors. ailleurs. etranger monde. mondial avant. navigateur ordinateur telephone peripherique';

/** A law or a standard asks for more than its subject. */
const LAWS =
  'law. laws. regulation directive taxonomy conduct. comply. complies. complian conform standard. standards. norms. certified. certification. accordance ' +
  'recht. rechts. gesetz verordnung richtlinie taxonomie verhaltenskodex norm. normen. zertifizier konform ' +
  'droit. loi. lois. reglement norme. normes. certifie. certifies. certifiee. certifiees. conduite.';

/** Other names of countries and continents. */
const NAMES = 'usa. uk. america amerique turkey korea coree';

/** In upper case only: "us" is also a pronoun. */
const INITIALS = /(?<![\p{L}\p{N}.])(?:US|U\.S\.(?:A\.)?|U\.K\.)(?![\p{L}\p{N}])/u;

/** Africa, Oceania, the Americas and Asia. */
const CONTINENTS = ['002', '009', '019', '142'];

/** Réunion is also a meeting, and the EU isn't another place. */
const NO_COUNTRIES = ['RE', 'EU'];

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const COUNTRY_CODES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

/** A statement may be true of one country and not of another. The words of each name, of which the last may be longer. */
const COUNTRIES: readonly (readonly string[])[] = ['en', 'de', 'fr'].flatMap((language) => {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  return [...COUNTRY_CODES, ...CONTINENTS]
    .filter((code) => !NO_COUNTRIES.includes(code))
    .map((code) => readWords(names.of(code) ?? '').map(({ plain }) => plain))
    .filter((name) => name.length > 0);
});

const TERMS = [NEGATIONS, QUANTITIES, TIMES, ELSEWHERE, LAWS, NAMES].flatMap((list) => list.split(' '));

/**
 * The first word of a requirement that decides what it asks for, and that a comparison of subjects doesn't understand: a negation, a
 * number, a period, a country, a law, another place or machine, a word such as "only", "all" and "full", or a noun that "EU" describes, as
 * in "EU format". None if there is none.
 */
export function decidingTermOf(requirement: string): string | undefined {
  const written = (/(?<!\p{L})\p{L}+n['’]t\b/iu.exec(requirement) ?? INITIALS.exec(requirement))?.[0];
  if (written !== undefined) return written;
  const words = wordsOf(requirement);
  const described = describedIn(words);
  return words.find(
    ({ plain }, at) => /\p{N}/u.test(plain) || isIn(TERMS, plain) || isCountryAt(at, words) || described.has(at),
  )?.shown;
}

/** A short name would begin many other words. */
const EXACT_UP_TO = 4;

/** There are several hundred names, and lists of buyers are long. */
const BY_BEGINNING = new Map<string, (readonly string[])[]>();
for (const name of COUNTRIES) {
  const beginning = beginningOf(name[0]);
  BY_BEGINNING.set(beginning, [...(BY_BEGINNING.get(beginning) ?? []), name]);
}

function beginningOf(word: string | undefined): string {
  return (word ?? '').slice(0, 3);
}

const isCountryAt = (at: number, words: readonly Word[]): boolean =>
  (BY_BEGINNING.get(beginningOf(words[at]?.plain)) ?? []).some((name) =>
    name.every((part, index) => {
      const plain = words[at + index]?.plain;
      return index < name.length - 1 || part.length <= EXACT_UP_TO ? plain === part : plain?.startsWith(part);
    }),
  );
