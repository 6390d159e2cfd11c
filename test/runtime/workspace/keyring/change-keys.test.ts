import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { changeKeys } from '@/lib/runtime/workspace/keyring/change-keys';
import { GONE } from '@/lib/runtime/workspace/keyring/key-store-client';
import { KeyGone } from '@/lib/runtime/workspace/keyring/keyring';

const canceled = (...codes: (string | undefined)[]) =>
  new TransactionCanceledException({
    message: 'CANARY',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

let pauses: number[];
beforeEach(() => {
  pauses = [];
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
  jest.spyOn(global, 'setTimeout').mockImplementation(((after: () => void, milliseconds: number) => {
    pauses.push(milliseconds);
    after();
  }) as never);
});
afterEach(() => jest.restoreAllMocks());

/** Changes that fail with these errors in turn, and then succeed. */
const failing = (...errors: unknown[]) => jest.fn(async () => (errors.length > 0 ? Promise.reject(errors.shift()) : 1));

test('a change is made once', async () => {
  const change = failing();
  expect(await changeKeys(change)).toBe('made');
  expect(change).toHaveBeenCalledTimes(1);
});

test.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
  'a change that met %s is repeated, each time after a longer pause',
  async (code) => {
    const errors = Array.from({ length: 5 }, () => canceled('None', code));
    expect(await changeKeys(failing(...errors))).toBe('made');
    expect(pauses).toEqual([25, 50, 100, 200, 400]);
  },
);

test('the sixth conflict is the last', async () => {
  const errors = Array.from({ length: 7 }, () => canceled('TransactionConflict'));
  const [, , , , , sixth] = errors;
  const change = failing(...errors);
  await expect(changeKeys(change)).rejects.toBe(sixth);
  expect(change).toHaveBeenCalledTimes(6);
});

test.each([
  ['another error', new Error('x')],
  ['a failure of another kind', canceled('ValidationError', 'None')],
  ['a failure without a code', canceled(undefined)],
  ['no reasons', new TransactionCanceledException({ message: 'CANARY', $metadata: {} })],
])('%s is thrown at once', async (_, error) => {
  const change = failing(error);
  await expect(changeKeys(change)).rejects.toBe(error);
  expect(change).toHaveBeenCalledTimes(1);
});

test('a failed condition on a key says that another process made one, however busy the table is', async () => {
  expect(await changeKeys(failing(canceled('ConditionalCheckFailed', 'TransactionConflict', 'None')))).toBe(
    'overtaken',
  );
});

test.each([
  ['alone', canceled('None', 'ConditionalCheckFailed')],
  ['with another one', canceled('ConditionalCheckFailed', 'ConditionalCheckFailed')],
])('the last condition, that the user was not erased, decides: it failed %s', async (_, error) => {
  const change = changeKeys(failing(error));
  await expect(change).rejects.toThrow(KeyGone);
  await expect(change).rejects.toThrow(GONE);
});
