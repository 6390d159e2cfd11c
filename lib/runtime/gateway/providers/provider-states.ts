import type { LeftState } from '../../../contract/provider-state';

/** What the table says of some names: those that are out of use, and the generations of all that have one. */
export interface StatesRead {
  readonly left: ReadonlyMap<string, LeftState>;
  readonly generations: ReadonlyMap<string, number>;
  /** The names with a row that can't be read, of which the last reading still counts. */
  readonly unreadable?: ReadonlySet<string>;
}

/** The providers and models that are out of use, for every process of a deployment. No method readmits one. */
export interface ProviderStates {
  /** @throws if not all rows were answered: what isn't found would count as readmitted */
  read(names: readonly string[]): Promise<StatesRead>;
  /** Writes that something has left, unless that is written already. */
  leave(state: LeftState): Promise<void>;
}
