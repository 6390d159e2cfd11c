import { PARTITION_KEY, SORT_KEY, type TableKey } from './tables';

/**
 * The table `ProviderState`: which providers, and which of their models, are out of use. That an item exists says that something left,
 * and a gateway can only write items, so none can readmit what left. A person readmits it by a new generation, which needs another role.
 */
export const LEFT_PREFIX = 'left#';
export const GENERATION_PREFIX = 'generation#';

/** The partition that says that a provider, or `PROVIDER/MODEL`, has left in a generation. */
export const leftPartition = (name: string, generation: number): string => `${LEFT_PREFIX}${name}#${generation}`;

/** The partition of the present generation of a provider or of `PROVIDER/MODEL`; 0 without one. */
export const generationPartition = (name: string): string => `${GENERATION_PREFIX}${name}`;

/** The key of the only item of a partition. */
export const stateKey = (partition: string): TableKey<{ readonly S: string }> => ({
  [PARTITION_KEY]: { S: partition },
  [SORT_KEY]: { S: 'state' },
});

/** Why something left: how it refused the gateway, or because a drill takes it out of use for a time. */
export const DEPARTURE_KINDS = ['key', 'access', 'certificate', 'drill'] as const;
export type DepartureKind = (typeof DEPARTURE_KINDS)[number];

/** What is known of a provider or model that is out of use. It holds no content, and names no caller. */
export interface LeftState {
  /** The provider, or `PROVIDER/MODEL`. */
  readonly name: string;
  readonly generation: number;
  /** When it left, in ISO 8601. */
  readonly at: string;
  readonly kind: DepartureKind;
  /** The consecutive refusals, and the models that were called. */
  readonly refusals: number;
  readonly models: readonly string[];
}

/** A person's decision that something is in use again. */
export interface Readmission {
  readonly name: string;
  readonly generation: number;
  readonly at: string;
  readonly reason?: string;
}

/** A name in the table: a provider, or one and its model. */
export const isStateName = (name: string): boolean => /^[a-z][a-z0-9-]{0,62}(\/[^#\s]{1,256})?$/.test(name);
