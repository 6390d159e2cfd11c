import { StackFilter } from '@/lib/constructs/hook/stack-filter';

test.each(['chat', 'chat-*', '*-prod', 'chat-?', 'C'.repeat(128)])('a filter may name %s', (name) => {
  expect(StackFilter.named(name).names).toEqual([name]);
});

test('every stack is said aloud, by no name', () => {
  expect(StackFilter.all().names).toBeUndefined();
});

test('a filter of no name is refused', () => {
  expect(() => StackFilter.named()).toThrow(
    'StackFilter.named() needs at least one name, got none; use StackFilter.all() for every stack',
  );
});

test.each(['*', '**', '?*'])('%s, which names every stack, is refused', (name) => {
  expect(() => StackFilter.named('chat', name)).toThrow(
    `StackFilter.named() must name some stacks, got '${name}'; use StackFilter.all() for every stack`,
  );
});

test.each(['', 'chat_1', '-chat', '1chat', 'a/b', 'C'.repeat(129), 'arn:aws:x'])('%p is refused as a name', (name) => {
  expect(() => StackFilter.named(name)).toThrow(
    `StackFilter.named() must hold names of stacks, in letters, digits and hyphens, with '*' for any text, got '${name}'`,
  );
});

test('more names than CloudFormation takes are refused', () => {
  const names = Array.from({ length: 51 }, (_, index) => `chat-${index}`);
  expect(() => StackFilter.named(...names.slice(1))).not.toThrow();
  expect(() => StackFilter.named(...names)).toThrow(
    "StackFilter.named() may hold 50 names because CloudFormation takes no more, got 51; use '*' to name several at once",
  );
});
