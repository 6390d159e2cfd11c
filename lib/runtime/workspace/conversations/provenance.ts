import { GENERATED } from '../../http/records/generated';
import { isOutputId } from './ids';

/** The mark of an item that a model generated, in the words of an action in C2PA's manifests. It isn't signed. */
export interface Provenance {
  readonly action: 'c2pa.created';
  readonly digitalSourceType: typeof GENERATED;
  /** In ISO 8601. */
  readonly when?: string;
  /** The ID of the model. */
  readonly softwareAgent?: { readonly name: string };
}

const CREATED = { action: 'c2pa.created', digitalSourceType: GENERATED } as const;

/** The mark of items that a model generated at a time in Unix milliseconds. */
export const newProvenance = ({ model, at }: { readonly model: string; readonly at: number }): Provenance => ({
  ...CREATED,
  when: new Date(at).toISOString(),
  softwareAgent: { name: model },
});

interface Markable {
  readonly id: string;
  readonly provenance?: Provenance;
}

/** An item with its mark, if a model generated it. 0.1.0 stored none, so its items get one without time and model. */
export const marked = <Item extends Markable>(item: Item): Item =>
  isOutputId(item.id) ? { ...item, provenance: item.provenance ?? CREATED } : item;
