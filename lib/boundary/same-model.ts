import type { AnyDestination } from './server';

/** Whether two destinations answer with the same model: the same foundation model, or the same name at the same provider. */
export const isSameModel = (a: AnyDestination, b: AnyDestination): boolean =>
  a.provider === b.provider && providerNameOf(a) === providerNameOf(b) && a.modelId === b.modelId;

const providerNameOf = (one: AnyDestination): string | undefined =>
  one.provider === 'external' ? one.providerName : undefined;
