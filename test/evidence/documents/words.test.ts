import { DOCUMENT_LANGUAGES } from '@/lib/evidence/words/languages';
import { WORDS } from '@/lib/evidence/words/words';

type Leaf = readonly [key: string, value: unknown];

/** Every text and sentence, by its path. */
const leaves = (value: unknown, key = ''): Leaf[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, child]) => leaves(child, `${key}.${name}`))
    : [[key, value]];

const ENGLISH = leaves(WORDS.en);

/** Distinct arguments that no text contains; a count of one may have a sentence of its own. */
const argumentsOf = (sentence: (...given: unknown[]) => string) =>
  Array.from({ length: sentence.length }, (_, nth) => 7_001 + nth);

const textOf = (value: unknown): string =>
  typeof value === 'function' ? value(...argumentsOf(value as () => string)) : String(value);

describe.each(DOCUMENT_LANGUAGES)('the words in %s', (language) => {
  const words = leaves(WORDS[language]);

  test('have every key, and no other', () => {
    expect(words.map(([key]) => key).sort()).toEqual(ENGLISH.map(([key]) => key).sort());
  });

  test('are none empty, and none with white space around it', () => {
    const wrong = words.filter(([, value]) => !/^\S(.*\S)?$/s.test(textOf(value)));
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  test('have every value that a sentence is given', () => {
    const lacking = words.filter(
      ([, value]) =>
        typeof value === 'function' &&
        argumentsOf(value as () => string).some((one) => !textOf(value).includes(`${one}`)),
    );
    expect(lacking.map(([key]) => key)).toEqual([]);
    const english = new Map(ENGLISH);
    const kinds = words.filter(([key, value]) => typeof value !== typeof english.get(key));
    expect(kinds).toEqual([]);
  });
});

/** Nouns in the plural, as they are after a number. */
const PLURALS =
  /\b1 (?:Regions|AWS Regions|keys|countries|days|templates|régions|clés|jours|modèles|autres|Regionen|AWS-Regionen|Länder|Tage|Vorlagen)\b|weitere 1 |1 \S+ supplémentaires|chacune des 1|each of the 1|Alle 1/;

test('no sentence has a plural after one', () => {
  const wrong = DOCUMENT_LANGUAGES.flatMap((language) => {
    const { common } = WORDS[language];
    const day = common.days(1);
    const sentences = leaves(WORDS[language]).flatMap(([key, value]) =>
      typeof value === 'function' ? [[key, (value as (...given: unknown[]) => string)(1, 1, 1)] as const] : [],
    );
    const periods = [common.restorable(day), common.oldVersion(day), common.inBackups(day)];
    return [...sentences.map(([, text]) => text), ...periods].filter((text) => PLURALS.test(text));
  });
  expect(wrong).toEqual([]);
  expect(PLURALS.test('each of the 1 Regions')).toBe(true);
});

test('no sentence stays in English', () => {
  const english = new Map(ENGLISH);
  for (const language of ['fr', 'de'] as const) {
    const same = leaves(WORDS[language]).filter(([key, value]) => {
      const text = textOf(value);
      return text === textOf(english.get(key)) && text.split(' ').length > 3;
    });
    expect(same.map(([key]) => key)).toEqual([]);
  }
});

test.each([
  [
    'fr',
    ['responsable du traitement', 'sous-traitant', 'personnes concernées', 'déployeur', 'analyse d’impact relative'],
  ],
  [
    'de',
    ['Verantwortlicher', 'Auftragsverarbeiter', 'betroffenen Personen', 'Betreiber', 'Datenschutz-Folgenabschätzung'],
  ],
] as const)('legal terms in %s are those of EUR-Lex', (language, terms) => {
  const all = leaves(WORDS[language]).map(([, value]) => textOf(value).toLowerCase());
  expect(terms.filter((term) => !all.some((text) => text.includes(term.toLowerCase())))).toEqual([]);
});
