/** The smallest and largest budget of a month in US dollars. */
export const LEAST_USD = 0.01;
export const MOST_USD = 1_000_000;

/** The largest budget of a month in tokens. */
export const MOST_MONTH_TOKENS = 1_000_000_000_000;

/** Whether an amount has no more than two decimals. */
export const isWholeCents = (amount: number): boolean => Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-6;
