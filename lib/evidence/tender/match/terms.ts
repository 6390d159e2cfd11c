import { EEA_EXTRA_COUNTRIES, EU_COUNTRIES } from '../../../facts/generated/countries';
import { plainOf } from './read-words';
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

/** Other countries that requirements name, and Africa, Oceania, the Americas and Asia, whose codes are numbers. */
const OTHER_PLACES = 'CH GB US CA BR IL TR RU UA IN CN JP KR SG AU 002 009 019 142';

/** Other names of them, and those of several words. */
const NAMES = 'usa. uk. united. kingdom koenigreich royaume unis. america amerique turkey korea coree';

/** A statement may be true of one country and not of another. */
const COUNTRIES = ['en', 'de', 'fr'].flatMap((language) => {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return [...EU_COUNTRIES, ...EEA_EXTRA_COUNTRIES, ...OTHER_PLACES.split(' ')].map((code) =>
    plainOf(names.of(code) ?? code),
  );
});

const TERMS = [
  ...[NEGATIONS, QUANTITIES, TIMES, ELSEWHERE, LAWS, NAMES].flatMap((list) => list.split(' ')),
  ...COUNTRIES.filter((name) => !name.includes(' ')).map((name) => (name.length > 4 ? name : `${name}.`)),
];

/**
 * The first word of a requirement that decides what it asks for, and that a comparison of subjects doesn't understand: a negation, a
 * number, a period, a country, a law, another place or machine, or a word such as "only", "all" and "full". None if there is none.
 */
export const decidingTermOf = (requirement: string): string | undefined =>
  /\p{L}+n['’]t\b/iu.exec(requirement)?.[0] ??
  wordsOf(requirement).find(
    ({ plain }) =>
      /\p{N}/u.test(plain) ||
      TERMS.some((term) => (term.endsWith('.') ? plain === term.slice(0, -1) : plain.startsWith(term))),
  )?.shown;
