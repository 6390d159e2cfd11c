import { examine } from '@/lib/cli/aws/doctor/examine';
import { signIn } from '@/lib/cli/aws/sign-in';
import { runDoctor } from '@/lib/cli/run/run-doctor';

jest.mock('@/lib/cli/aws/doctor/examine', () => ({ examine: jest.fn(async () => []) }));
jest.mock('@/lib/cli/aws/sign-in', () => ({ signIn: jest.fn(async () => ({ account: '111122223333' })) }));

test('by default, an attempt of a call may take 5 seconds, and a check 45 seconds', async () => {
  const print = jest.spyOn(console, 'log').mockImplementation(() => {});
  expect(await runDoctor(['--config', 'residency.yaml'])).toBe(0);
  print.mockRestore();
  expect(jest.mocked(signIn).mock.lastCall?.[0]).toMatchObject({ timeoutMs: 5_000 });
  expect(jest.mocked(examine).mock.lastCall?.[1]).toBe(45_000);
});
