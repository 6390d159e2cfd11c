/** How many times as many runs `npm run test:deep` asks for; 1 in `npm test`. */
export const TIMES = Number(process.env.PROPERTY_TIMES ?? 1);

/** The runs of a property that has fewer in `npm test`, to save time, than what `npm run test:deep` multiplies. */
export const runsOf = (few: number, usual: number): number => (TIMES === 1 ? few : usual * TIMES);
