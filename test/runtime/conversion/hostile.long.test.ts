import { parseFile } from '@/lib/runtime/conversion/parser/parse-file';
import { HOSTILE } from './support/hostile/all';

const NOWHERE = 'http://127.0.0.1:9';

test('there are at least sixty hostile files, each with a name of its own', () => {
  expect(new Set(HOSTILE.map(({ name }) => name)).size).toBe(HOSTILE.length);
  expect(HOSTILE.length).toBeGreaterThanOrEqual(60);
});

test.each(HOSTILE.filter(({ isHeavy }) => !isHeavy))('$name', async ({ make, outcome }) => {
  const parsed = await parseFile(make(NOWHERE));
  if ('failure' in outcome) {
    expect(parsed).toEqual(outcome);
    return;
  }
  expect(parsed).toMatchObject({ lost: outcome.lost ?? {} });
  if (!('text' in parsed)) throw new Error(parsed.failure);
  if (typeof outcome.text === 'string') expect(parsed.text).toBe(outcome.text);
  else expect(parsed.text).toMatch(outcome.text);
  expect(parsed.lost).toEqual(outcome.lost ?? {});
});
