import { providerOf } from '../../boundary/provider-of';
import { type AssumedUse, EGRESS, GB, TURN } from './assumed-use';
import type { CostLine } from './cost-line';
import type { Gateway } from './gateways';
import { centsOf } from './money';
import { type PriceId, servicePrice } from './price';

/** What turns cost at AWS whose model is at a provider outside it; nothing for other models. */
export function egressLines(gateway: Gateway, model: string, turns: number, use: AssumedUse, now: Date): CostLine[] {
  if (!['openai', 'external'].includes(providerOf(model))) return [];
  const { tenant, region, egressMemory: memory } = gateway;
  const sent = (turns * use.inputTokens * TURN.bytesOfToken) / GB;
  const received = (turns * use.outputTokens * TURN.streamedBytesOfToken) / GB;
  const quantities: [item: string, price: PriceId, quantity: number | undefined][] = [
    ['calls of functions', 'function-request', turns],
    ['time of functions', 'function-time', memory && turns * TURN.seconds * memory],
    ['data through interface endpoints', 'interface-endpoint-data', sent + received],
    ['data through firewalls', 'firewall-data', sent + received],
    ['data to the internet', 'internet-transfer', sent],
    ['queries of DNS', 'dns-firewall-query', turns * EGRESS.queries],
    ['reads of keys', 'secret-request', turns * EGRESS.keyReads],
    ['logs, written', 'log-ingestion', (turns * EGRESS.logBytes) / GB],
  ];
  return quantities.map(([item, id, quantity]) => {
    const price = servicePrice(id, region, now);
    return { tenant, part: 'use', region, item: `egress: ${item}`, quantity, price, cents: centsOf(price, quantity) };
  });
}
