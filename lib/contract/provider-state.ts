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
