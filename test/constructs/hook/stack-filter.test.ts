import { StackFilter } from '@/lib/constructs/hook/stack-filter';

test.each(['chat', 'chat-*', '*-prod', 'chat-?', 'C'.repeat(128)])('a filter accepts %s', (name) => {
  expect(StackFilter.named(name).names).toEqual([name]);
});

test('a filter of every stack has no names', () => {
  expect(StackFilter.all().names).toBeUndefined();
});

test('a filter without names is refused', () => {
  expect(() => StackFilter.named()).toThrow(
    'StackFilter.named() needs at least one name, got none; use StackFilter.all() for every stack',
  );
});

test.each(['*', '**', '?*'])('%s, which matches every stack, is refused', (name) => {
  expect(() => StackFilter.named('chat', name)).toThrow(
    `StackFilter.named() must name some stacks and not all, got '${name}'; use StackFilter.all() for every stack`,
  );
});

test.each(['', 'chat_1', '-chat', '1chat', 'a/b', 'C'.repeat(129), 'arn:aws:x'])('%p is refused as a name', (name) => {
  expect(() => StackFilter.named(name)).toThrow(
    `StackFilter.named() must contain names of stacks, in letters, digits and hyphens, got '${name}'; use '*' for any other text`,
  );
});

test('more names than CloudFormation accepts are refused', () => {
  const names = Array.from({ length: 51 }, (_, index) => `chat-${index}`);
  expect(() => StackFilter.named(...names.slice(1))).not.toThrow();
  expect(() => StackFilter.named(...names)).toThrow(
    "StackFilter.named() must have at most 50 names because CloudFormation accepts no more, got 51; use '*' to match several at once",
  );
});
