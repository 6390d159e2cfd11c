import type { PriceFact } from '../facts/types';

/** The kinds of tokens that providers charge for apart. */
export const TOKEN_KINDS = ['input', 'output', 'cacheRead', 'cacheWrite'] as const;

export type TokenKind = (typeof TOKEN_KINDS)[number];

/** Tokens of one or more requests, each counted once. */
export type TokensByKind = Readonly<Record<TokenKind, number>>;

/** US dollars for a million tokens of each kind; none of a kind whose price no reliable source has. */
export type TokenPrices = Readonly<Partial<Record<TokenKind, number>> & Record<'input' | 'output', number>>;

/** What a destination charges, in a policy. */
export interface PolicyPrice extends TokenPrices {
  /** The ID of the model or profile that is called. */
  readonly id: string;
  /** The Region that is called. */
  readonly region: string;
}

/** The price of each kind of tokens, in the order of {@link TOKEN_KINDS}: costs, budgets and usage have no other. */
export const tokenPrices = (
  fact: Pick<PriceFact, 'inputPerMillion' | 'outputPerMillion' | 'cacheReadPerMillion' | 'cacheWritePerMillion'>,
): TokenPrices => ({
  input: fact.inputPerMillion,
  output: fact.outputPerMillion,
  ...(fact.cacheReadPerMillion !== null && { cacheRead: fact.cacheReadPerMillion }),
  ...(fact.cacheWritePerMillion !== null && { cacheWrite: fact.cacheWritePerMillion }),
});

/** The tokens of a request by kind. Those of a cache are reported as a part of the prompt's. */
export function tokensByKind({
  prompt,
  completion,
  cached,
  cacheWrite = 0,
}: {
  readonly prompt: number;
  readonly completion: number;
  readonly cached: number;
  readonly cacheWrite?: number;
}): TokensByKind {
  return { input: Math.max(0, prompt - cached - cacheWrite), output: completion, cacheRead: cached, cacheWrite };
}

/** Whole numbers of them can be added exactly, and the cheapest token costs more than one. */
export const NANO_DOLLARS = 1_000_000_000;

/**
 * What tokens cost, in billionths of a US dollar, rounded up. Tokens of a cache without a known price count as input: a budget must count
 * every token.
 */
export function nanoDollarsOf(prices: TokenPrices, tokens: TokensByKind): number {
  // A price per million tokens is a thousand billionths for one. Binary fractions: 1.1 × 1,000 is a little more than 1,100.
  const exact = TOKEN_KINDS.reduce((sum, kind) => sum + tokens[kind] * (prices[kind] ?? prices.input) * 1_000, 0);
  return Math.ceil(Number(exact.toFixed(3)));
}
