import type { UNVERIFIED } from '../../../contract/metrics';

/** Why a model isn't served; a closed set. */
export type ModelRefusal =
  /** No model of this deployment has that name. */
  | 'unknown-model'
  /** A provider's own id, which is never callable, whether it would stay inside or not. */
  | 'not-an-alias'
  /** A provider's own id that may be processed outside. */
  | 'outside-boundary'
  /** Nothing fresh proves that what serves it keeps nothing. */
  | typeof UNVERIFIED
  /** The model makes embeddings, images or speech. */
  | 'not-for-chat'
  /** The model makes no embeddings, or none in a form that this gateway knows. */
  | 'not-for-embeddings';
