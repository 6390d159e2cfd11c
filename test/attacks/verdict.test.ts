import { overMemory } from './verdict';

it.each([
  ['a peak within the bound', 300e6, 400e6, []],
  ['a peak over it, which the attack raised', 390e6, 401e6, ['its process used 401 MB']],
  ['one that it raised further', 401e6, 450e6, ['its process used 450 MB']],
  ['one of an earlier attack', 450e6, 450e6, []],
])('counts %s for the attack that caused it', (_, before, peak, found) => {
  expect(overMemory(before, peak)).toEqual(found);
});
