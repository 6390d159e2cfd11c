import { mark, marksIn } from './marks';

const WORD = mark('prompt');

test.each<[string, string | Uint8Array]>([
  ['as it is', `{"a":"${WORD}"}`],
  ['in capitals', WORD.toUpperCase()],
  ['in hexadecimal', Buffer.from(`x${WORD}`).toString('hex')],
  ['in UTF-16', Buffer.from(WORD, 'utf16le')],
  ...['', 'x', 'xy', 'xyz'].map((before): [string, string] => [
    `in base64 after '${before}'`,
    Buffer.from(`${before}${WORD}`).toString('base64url'),
  ]),
])('a canary is found %s', (_, stored) => {
  expect(marksIn(stored)).not.toEqual([]);
});

test('a text without a canary has no marks', () => {
  expect(marksIn('kanarie 4711, an answer of a model')).toEqual([]);
});
