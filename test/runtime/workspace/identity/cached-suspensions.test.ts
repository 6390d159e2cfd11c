import { CachedSuspensions } from '@/lib/runtime/workspace/identity/cached-suspensions';
import { DynamoDbSuspensions } from '@/lib/runtime/workspace/identity/dynamodb-suspensions';
import type { Suspension } from '@/lib/runtime/workspace/identity/suspension';

let now = 0;
let asked: string[] = [];
let kept: Suspension = { disabled: false };
let fails = false;
const cached = () =>
  new CachedSuspensions(
    {
      of: async (member) => {
        asked.push(member);
        if (fails) throw new Error('x');
        return kept;
      },
    },
    () => now,
  );
beforeEach(() => {
  [now, asked, kept, fails] = [1_000_000, [], { disabled: false }, false];
});

test('is read at most once a minute per member', async () => {
  const suspensions = cached();
  for (const member of ['ada', 'ada', 'eve']) await suspensions.of(member);
  now += 60_000 - 1;
  await suspensions.of('ada');
  expect(asked).toEqual(['ada', 'eve']);
  kept = { disabled: true };
  now += 1;
  expect(await suspensions.of('ada')).toEqual({ disabled: true });
});

test('an expired entry isn’t used, even if the table fails or the clock is set back', async () => {
  const suspensions = cached();
  await suspensions.of('ada');
  now -= 3_600_000;
  kept = { disabled: true };
  expect(await suspensions.of('ada')).toEqual({ disabled: true });
  now += 60_000;
  fails = true;
  await expect(suspensions.of('ada')).rejects.toThrow('x');
});

test('caches a bounded number of members', async () => {
  const suspensions = cached();
  for (let nth = 0; nth <= 10_000; nth++) await suspensions.of(`member-${nth}`);
  await suspensions.of('member-10000');
  expect(asked).toHaveLength(10_001);
  // The one after the last that fits made room for all.
  await suspensions.of('member-9999');
  expect(asked).toHaveLength(10_002);
});

test('the table is read with strong consistency, so that a cache is all that delays a suspension', async () => {
  const inputs: object[] = [];
  const send = async ({ input }: { input: object }) => {
    inputs.push(input);
    return { Item: { disabled: { BOOL: true } } };
  };
  const suspensions = new DynamoDbSuspensions({ client: { send: send as never }, name: 'suspensions' });
  expect(await suspensions.of('ada')).toEqual({ disabled: true });
  expect(inputs).toEqual([expect.objectContaining({ TableName: 'suspensions', ConsistentRead: true })]);
});
