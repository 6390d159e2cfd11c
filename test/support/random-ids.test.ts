import { withoutRandomIds } from './random-ids';

test('random IDs are taken out, and nothing else is', () => {
  const id = '0ada1234-ada0-4ada-8ada-adaadaadaada';
  const value = { id, hash: 'ada0'.repeat(16), member: 'ada', about: `user#ada/${id}` };
  expect(withoutRandomIds(value)).toBe('{"id":"ID","hash":"ID","member":"ada","about":"user#ada/ID"}');
  expect(withoutRandomIds(`ada ${id.toUpperCase()}`)).toBe('ada ID');
});
