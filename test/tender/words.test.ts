import { isIn, phrasesOf, wordsOf } from '@/lib/evidence/tender/match/words';

test.each([
  ['the beginning of a word', 'mandant', 'Die Lösung ist mandantenfähig.', true],
  ['a short word as a whole', 'api', 'Apiculture is taught.', false],
  ['the plural of a short word', 'api', 'It has documented APIs.', true],
  ['umlauts as two letters', 'schluessel', 'Eigene Schlüssel', true],
  ['accents', 'reversibil', 'Une clause de réversibilité', true],
  ['words with others between them', 'fin de contrat', 'À la fin du présent contrat', true],
  ['words that are far from each other', 'fin de contrat', 'La fin proche, lointaine ou prévue du contrat', false],
  ['words in another order', 'data export', 'Export controls apply to data.', false],
  ['a negation, which is no filler', 'not retained', 'Prompts are retained.', false],
])('%s', (_, phrase, text, expected) => {
  expect(phrasesOf(phrase).every((one) => isIn(one, wordsOf(text)))).toBe(expected);
});
