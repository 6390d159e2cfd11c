/**
 * The tag of objects that a bucket deletes at the end of its workspace's retention period. An S3 lifecycle rule can select objects
 * that have a tag, but not objects that lack one; so an object under a legal hold is one without this tag.
 */
export const EXPIRY_TAG = { key: 'residency-expires', value: 'yes' } as const;
