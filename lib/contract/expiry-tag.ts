/**
 * The tag of objects that a bucket deletes once they are as old as its workspace keeps content. S3 can tell objects that have a tag
 * from others, and not those that lack one; so what stays for a legal hold is what doesn't have it.
 */
export const EXPIRY_TAG = { key: 'residency-expires', value: 'yes' } as const;
