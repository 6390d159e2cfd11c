import { isWholeCents, LEAST_USD, MOST_MONTH_TOKENS, MOST_USD } from '../../contract/budget';
import { UsageError } from './usage-error';

/** The value of `--tokens-per-month`. */
export function monthTokensIn(text: string): number {
  if (/^[1-9]\d{0,12}$/.test(text) && Number(text) <= MOST_MONTH_TOKENS) return Number(text);
  throw new UsageError(`--tokens-per-month: found '${text}'; allowed: a whole number from 1 to ${MOST_MONTH_TOKENS}`);
}

/** The value of `--usd-per-month`. */
export function monthUsdIn(text: string): number {
  const usd = /^\d{1,7}(?:\.\d{1,2})?$/.test(text) ? Number(text) : 0;
  if (usd >= LEAST_USD && usd <= MOST_USD && isWholeCents(usd)) return usd;
  throw new UsageError(
    `--usd-per-month: found '${text}'; allowed: an amount in US dollars from ${LEAST_USD} to ${MOST_USD}, such as 49.90`,
  );
}
