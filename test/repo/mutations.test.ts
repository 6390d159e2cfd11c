import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MUTATIONS } from '../mutation/mutations';
import { unplantable } from '../mutation/scratch';
import { MISTAKES } from '../sim/planted/mistakes';

const ROOT = path.join(__dirname, '../..');

test('each mutation of `npm run test:mutation` can be planted in the current code', () => {
  expect(MUTATIONS.flatMap((mutation) => unplantable(mutation) ?? [])).toEqual([]);
});

test('the tests that must catch the mutations exist', () => {
  const named = MUTATIONS.flatMap(({ tests }) => tests);
  expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

test('no two mutations have the same name', () => {
  const names = MUTATIONS.map(({ name }) => name);
  expect([...new Set(names)]).toEqual(names);
});

test('each mistake of `npm run test:sim:planted` can be planted in the current code', () => {
  const timesIn = ({ file, find }: (typeof MISTAKES)[number]) =>
    readFileSync(path.join(ROOT, file), 'utf8').split(find).length - 1;
  expect(MISTAKES.filter((mistake) => timesIn(mistake) !== 1).map(({ name }) => name)).toEqual([]);
});
