/** How many times as many runs `npm run test:deep` asks for; 1 in `npm test`. */
export const TIMES = Number(process.env.PROPERTY_TIMES ?? 1);

/** The seed of `npm test`. */
const SEED = 20_261_130;

/**
 * The options of a property that `npm run test:deep` also checks. `npm test` has fewer runs, to save time, and always the same ones, so
 * that a count of what they reached never fails by chance. `test:deep` multiplies the usual number, and chooses a new seed each time.
 */
export const runsOf = (few: number, usual = few): { readonly numRuns: number; readonly seed?: number } =>
  TIMES === 1 ? { numRuns: few, seed: SEED } : { numRuns: usual * TIMES };
