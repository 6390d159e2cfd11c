import { requestsWithoutKey } from '@/lib/contract/api-limits';

test.each([
  [10, 600],
  [50, 3_000],
  [5_000, 3_000],
])('at %p requests per second, the web ACL lets %p requests without a key pass within five minutes', (rate, limit) =>
  expect(requestsWithoutKey(rate)).toBe(limit),
);
