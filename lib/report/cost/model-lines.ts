import type { TokenKind } from '../../contract/token-prices';
import type { AssumedUse } from './assumed-use';
import type { CostLine } from './cost-line';
import type { Gateway } from './gateways';
import { tokenLine } from './token-line';

/** What the models of a number of turns cost, without and with the model's cache. */
export function modelLines(gateway: Gateway, model: string, turns: number, use: AssumedUse, now: Date): CostLine[] {
  const { tenant, region } = gateway;
  // A destination in another Region is written `ID in REGION`.
  const [id = '', calledIn = region] = model.split(' in ');
  const line = (part: CostLine['part'], kind: TokenKind, tokens: number): CostLine =>
    tokenLine({ tenant, part, region: calledIn, id, kind, tokens }, now);
  const input = turns * use.inputTokens;
  const output = turns * use.outputTokens;
  return [
    line('model', 'input', input),
    line('model', 'output', output),
    line('cached-model', 'cacheRead', input * use.cached),
    line('cached-model', 'cacheWrite', input * (1 - use.cached)),
    line('cached-model', 'output', output),
  ];
}
