import type { AnyDestination } from './server';

/** Whether two destinations answer with the same model: the same foundation model, or the same name at the same kind of provider. */
export const isSameModel = (a: AnyDestination, b: AnyDestination): boolean =>
  a.provider === b.provider && a.modelId === b.modelId;
