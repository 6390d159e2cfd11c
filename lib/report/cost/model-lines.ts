import { isStale } from '../../facts/age';
import { priceFactOf } from '../../facts/price-of';
import type { AssumedUse } from './assumed-use';
import type { CostLine } from './cost-line';
import type { Gateway } from './gateways';
import { centsOf } from './money';
import type { Price } from './price';

const MILLION = 1_000_000;

/** What the models of a number of turns cost, without and with the model's cache. */
export function modelLines(gateway: Gateway, model: string, turns: number, use: AssumedUse, now: Date): CostLine[] {
  const { tenant, region } = gateway;
  // A destination in another Region is written `ID in REGION`.
  const [id = '', calledIn = region] = model.split(' in ');
  const known = priceFactOf(id, calledIn);
  const priced = (usd: number | null | undefined): Price | undefined =>
    known === undefined || usd === null || usd === undefined
      ? undefined
      : {
          usd,
          units: MILLION,
          unit: 'tokens',
          free: 0,
          source: known.source,
          asOf: known.asOf,
          stale: isStale('price', known, now),
        };
  const line = (part: CostLine['part'], item: string, tokens: number, usd: number | null | undefined): CostLine => {
    const price = priced(usd);
    return { tenant, part, region: calledIn, item, quantity: tokens, price, cents: centsOf(price, tokens) };
  };
  const input = turns * use.inputTokens;
  const output = turns * use.outputTokens;
  return [
    line('model', `input of ${id}`, input, known?.inputPerMillion),
    line('model', `output of ${id}`, output, known?.outputPerMillion),
    line('cached-model', `input of ${id}, from its cache`, input * use.cached, known?.cacheReadPerMillion),
    line('cached-model', `input of ${id}, to its cache`, input * (1 - use.cached), known?.cacheWritePerMillion),
    line('cached-model', `output of ${id}`, output, known?.outputPerMillion),
  ];
}
