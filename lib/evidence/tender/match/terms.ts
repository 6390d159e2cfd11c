import { EEA_EXTRA_COUNTRIES, EU_COUNTRIES } from '../../../facts/generated/countries';
import { plainOf, wordsOf } from './words';

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

/** A statement may be true of one country and not of another. */
const COUNTRIES = ['en', 'de', 'fr'].flatMap((language) => {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return [...EU_COUNTRIES, ...EEA_EXTRA_COUNTRIES, 'CH', 'GB', 'US'].map((code) => plainOf(names.of(code) ?? code));
});

const TERMS = [
  ...[NEGATIONS, QUANTITIES, TIMES].flatMap((list) => list.split(' ')),
  ...COUNTRIES.filter((name) => !name.includes(' ')),
];

/**
 * The first word of a requirement that decides what it asks for, and that a comparison of subjects doesn't understand: a negation, a
 * number, a period, a country, or a word such as "only", "all" and "full". None if there is none.
 */
export const decidingTermOf = (requirement: string): string | undefined =>
  /\p{L}+n['’]t\b/iu.exec(requirement)?.[0] ??
  wordsOf(requirement).find(
    ({ plain }) =>
      /\p{N}/u.test(plain) ||
      TERMS.some((term) => (term.endsWith('.') ? plain === term.slice(0, -1) : plain.startsWith(term))),
  )?.shown;
