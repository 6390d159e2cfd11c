import type { ModelKind } from './model-facts';

/** The kinds of model, as files and the command line name them. */
export const MODEL_KINDS = [
  'text',
  'embedding',
  'image',
  'video',
  'speech',
  'rerank',
  'safeguard',
] as const satisfies readonly ModelKind[];
