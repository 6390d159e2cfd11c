import { PARTS, tryAdmissions } from './any-admission';

// `npm run test:long` tries 10,000.
const RUNS = 300;

test('whatever is admitted, no part serves a profile with a Region outside the boundary', async () => {
  const counts = await tryAdmissions(RUNS);
  for (const part of PARTS) {
    expect({ part, ...counts[part] }).toMatchObject({ part, inside: expect.any(Number), refused: expect.any(Number) });
    expect(counts[part].inside).toBeGreaterThan(0);
    expect(counts[part].refused).toBeGreaterThan(0);
  }
});
