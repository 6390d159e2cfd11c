import { providerOf } from '../../boundary/provider-of';
import type { ExternalLine } from '../../report/inventory-line';
import type { Evidence, ModelRow } from '../core/evidence';

/** A processor that another one engages, as the report shows it. */
export interface SubProcessor {
  readonly name: string;
  readonly role: 'operator' | 'maker' | 'retainer' | 'not known' | 'provider' | 'host' | 'own server';
  readonly regions: readonly string[];
  /** What its provider retains, as the report says it; none for the operator of the infrastructure. */
  readonly retains?: string;
  /** The company of a provider outside AWS, and under which contract it retains nothing. */
  readonly external?: ExternalLine;
}

export interface SubProcessorChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before?: SubProcessor;
  readonly after?: SubProcessor;
}

/** A model of Bedrock by its ID or by a profile's: `eu.anthropic.claude-…`, `openai.gpt-oss-120b-1:0`. */
const BEDROCK_ID = /^(?:[a-z]{2,6}\.)?([a-z0-9]+)\.[a-z0-9]/;

/** The profile of a guardrail is a part of the operator's service. */
const GUARDRAIL = /^(?:[a-z]{2,6}\.)?guardrail\./;

/** Whether it only made a model: it receives no data, by the statement of the operator. */
export const isMaker = ({ role }: SubProcessor): boolean => role === 'maker';

/** Those who process data for a deployment, in the order of their names. The operator comes first. */
export function subProcessors({ regions, models }: Evidence): SubProcessor[] {
  const operator: SubProcessor = {
    name: 'Amazon Web Services',
    role: 'operator',
    regions: sorted(regions.filter(({ uses }) => uses.length > 0).map(({ region }) => region)),
  };
  const found = new Map<string, SubProcessor>();
  for (const model of models.filter(({ destination }) => !GUARDRAIL.test(destination))) {
    const next = ofModel(model);
    const before = found.get(keyOf(next));
    found.set(keyOf(next), before === undefined ? next : merged(before, next));
  }
  return [operator, ...[...found.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))];
}

/** A provider outside AWS may have the name of a maker whose models Bedrock runs: one receives data, the other doesn't. */
const keyOf = ({ name, external }: SubProcessor): string =>
  `${name} ${external === undefined ? 'bedrock' : 'provider'}`;

function ofModel({ destination, regions, processedIn, providerRetains: { text }, external }: ModelRow): SubProcessor {
  const own = { regions: sorted(regions), retains: text };
  if (external !== undefined) {
    const regions = sorted(processedIn.text.split(', '));
    return { name: external.name, role: 'provider', regions, retains: text, external };
  }
  if (providerOf(destination) === 'vpc') return { ...own, name: destination, role: 'own server' };
  const [, maker] = BEDROCK_ID.exec(destination) ?? [];
  if (maker === undefined) return { ...own, name: destination, role: 'host' };
  return { ...own, name: maker, role: ROLES.get(text) ?? 'retainer' };
}

const ROLES = new Map<string, SubProcessor['role']>([
  ['nothing', 'maker'],
  ['unknown', 'not known'],
]);

/** One row for a maker of several models: the one that retains something counts, then one of which nothing is known. */
const merged = (a: SubProcessor, b: SubProcessor): SubProcessor => ({
  name: a.name,
  role: (['retainer', 'not known'] as const).find((role) => [a.role, b.role].includes(role)) ?? a.role,
  regions: sorted([...a.regions, ...b.regions]),
  // Deployments of one provider differ in their SKU alone.
  ...(a.external !== undefined && { external: a.external }),
  retains: [...new Set([a.retains, b.retains].flatMap((text) => (text ?? '').split('; ')))].sort().join('; '),
});

const sorted = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** What differs between the sub-processors of two reports. */
export function subProcessorChanges(previous: Evidence, now: Evidence): SubProcessorChange[] {
  const [before, after] = [previous, now].map(
    (evidence) => new Map(subProcessors(evidence).map((one) => [keyOf(one), one])),
  );
  const keys = sorted([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return keys.flatMap((key): SubProcessorChange[] => {
    const [was, is] = [before?.get(key), after?.get(key)];
    if (was === undefined) return [{ kind: 'added', after: is }];
    if (is === undefined) return [{ kind: 'removed', before: was }];
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ kind: 'changed', before: was, after: is }];
  });
}
