import type { ApiPolicy } from './api-policy';

/**
 * What is retained of content. `not-stored` is a promise: no destination of this deployment retains content, and neither does the
 * gateway. A workspace stores content by design, and its model providers weren't asked to retain nothing.
 */
export type Retention = 'not-stored' | 'may-be-stored-inside';

/** What is retained of the content of a deployment's requests. */
export const retentionOf = ({ keepsContent }: Pick<ApiPolicy, 'keepsContent'>): Retention =>
  keepsContent ? 'may-be-stored-inside' : 'not-stored';
