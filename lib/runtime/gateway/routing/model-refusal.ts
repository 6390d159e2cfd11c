import type { UNVERIFIED } from '../../../contract/metrics';

/** The reason for refusing a model; a closed set. */
export type ModelRefusal =
  /** The deployment has no model of that name. */
  | 'unknown-model'
  /** A provider's own ID, which is never callable, even if it would stay inside the boundary. */
  | 'not-an-alias'
  /** A provider's own ID that may be processed outside the boundary. */
  | 'outside-boundary'
  /** No recent check result proves that the model's destinations retain nothing. */
  | typeof UNVERIFIED
  /** The provider no longer serves the model, or the row that admits it has expired. */
  | 'ended'
  /** The model makes embeddings, images or speech. */
  | 'not-for-chat'
  /** The model makes no embeddings, or only in a form that this gateway doesn't know. */
  | 'not-for-embeddings';

declare module '../../http/records/record-names' {
  interface Reasons extends Record<ModelRefusal, true> {}
}
