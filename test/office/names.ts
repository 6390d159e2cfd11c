/** Names with what XML, formulas and white space could change. */
export const NAMES = [
  '=1+1',
  '+a',
  '@b',
  ' two  spaces ',
  'a&b<c>"d"',
  'é œ ß €',
  '12',
  '2026-11-30',
  'a\tb',
  'a,b;c',
  '=CANARY;=1+2',
  'a;"+1+2',
  'b;\t=1+2',
];
