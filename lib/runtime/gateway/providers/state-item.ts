import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { DEPARTURE_KINDS, type DepartureKind, type LeftState } from '../../../contract/provider-state';
import { PARTITION_KEY, SORT_KEY } from '../../../contract/tables';

/** A row of the table of provider states. */
export type StateItem = Readonly<Record<string, AttributeValue>>;

/** The attributes of the row of something that left, besides its key. */
export const leftAttributes = ({ name, generation, at, kind, refusals, models }: LeftState): StateItem => ({
  name: { S: name },
  generation: { N: `${generation}` },
  at: { S: at },
  kind: { S: kind },
  refusals: { N: `${refusals}` },
  models: { S: JSON.stringify(models) },
});

/**
 * The state that a row holds. That the row exists says that something left, so one that can't be read counts too: by what its
 * key says.
 */
export function leftState(name: string, generation: number, item: StateItem): LeftState {
  const kind = item.kind?.S as DepartureKind;
  return {
    name,
    generation,
    at: item.at?.S ?? '1970-01-01T00:00:00.000Z',
    kind: DEPARTURE_KINDS.includes(kind) ? kind : 'access',
    refusals: Number(item.refusals?.N ?? 0),
    models: modelsIn(item.models?.S ?? '[]'),
  };
}

function modelsIn(text: string): readonly string[] {
  try {
    const models: unknown = JSON.parse(text);
    return Array.isArray(models) ? models.map(String) : [];
  } catch {
    return [];
  }
}

/** The partition of a row, if it is a row of this table. */
export const partitionOf = (item: StateItem): string | undefined =>
  item[SORT_KEY]?.S === 'state' ? item[PARTITION_KEY]?.S : undefined;

/** The generation that a row holds; undefined if it holds none, which mustn't count as the first one. */
export function generationIn(item: StateItem): number | undefined {
  const generation = Number(item.generation?.N);
  return Number.isSafeInteger(generation) && generation >= 0 ? generation : undefined;
}
