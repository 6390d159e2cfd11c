import { aboutUser, handoverOf, newClosure, newExport, newHold } from '@/lib/runtime/rights/api/requests';

const accepted = (schema: typeof newHold | typeof aboutUser | typeof newExport | typeof newClosure, value: object) =>
  schema.safeParse(value).success;

test.each([
  ['a', true],
  ['A0_-z', true],
  ['a'.repeat(128), true],
  ['a'.repeat(129), false],
  ['', false],
  ['-a', false],
  ['_a', false],
  [' a', false],
  ['../a', false],
  ['a/b', false],
  ['a b', false],
  ['a\n', false],
])('whether %j names a user: %p', (user, expected) => {
  expect(accepted(aboutUser, { user })).toBe(expected);
  expect(accepted(newExport, { user: 'ada', recipient: user })).toBe(expected);
});

test.each([
  ['x', true],
  ['case 9', true],
  ['x'.repeat(200), true],
  ['x'.repeat(201), false],
  ['', false],
  [' ', false],
  [' x', false],
  ['x ', false],
  ['one\ntwo', false],
])('whether %j is a reason: %p', (reason, expected) => {
  expect(accepted(newHold, { user: 'ada', reason })).toBe(expected);
  expect(accepted(newExport, { user: 'ada', reason })).toBe(expected);
});

test('only one conversation, by its id, is put on hold', () => {
  const hold = { user: 'ada', reason: 'x' };
  expect(accepted(newHold, { ...hold, conversation: `conv_${'0'.repeat(44)}` })).toBe(true);
  for (const conversation of ['conv_1', 'x', '', 1]) expect(accepted(newHold, { ...hold, conversation })).toBe(false);
});

test.each([
  [7, true],
  [30, true],
  [6, false],
  [31, false],
  [7.5, false],
  ['7', false],
])('whether a closure may leave %j days: %p', (days, expected) => {
  expect(accepted(newClosure, { workspace: 'sciences', days })).toBe(expected);
});

test('a closure leaves 30 days by default', () => {
  expect(newClosure.parse({ workspace: 'sciences' })).toEqual({ workspace: 'sciences', days: 30 });
});

test.each([
  [aboutUser, { user: 'ada' }],
  [newExport, { user: 'ada' }],
  [newHold, { user: 'ada', reason: 'x' }],
  [newClosure, { workspace: 'sciences' }],
])('an unknown field is refused, whichever the request', (schema, value) => {
  expect(accepted(schema, value)).toBe(true);
  expect(accepted(schema, { ...value, more: 1 })).toBe(false);
});

test('a recipient is named with a reason, or neither is', () => {
  expect(handoverOf({ recipient: 'heir', reason: 'case 9' })).toEqual({ recipient: 'heir', reason: 'case 9' });
  expect(handoverOf({})).toBeUndefined();
  const refused = (param: string) =>
    expect.objectContaining({
      status: 400,
      code: 'missing_required_parameter',
      param,
      message: `'${param}' is missing: a recipient is named with a reason`,
    });
  expect(() => handoverOf({ recipient: 'heir' })).toThrow(refused('reason'));
  expect(() => handoverOf({ reason: 'case 9' })).toThrow(refused('recipient'));
});
