import type { Serving } from './serving';

/**
 * What is kept of content. `not-stored` is a promise: no destination of this deployment keeps content, and neither does the
 * gateway. A workspace keeps content by design, and its models' providers weren't asked to keep nothing.
 */
export type Retention = 'not-stored' | 'may-be-stored-inside';

/** What is kept of the content of a deployment's requests. */
export const retentionOf = (serving: Serving): Retention =>
  serving.keepsContent ? 'may-be-stored-inside' : 'not-stored';
