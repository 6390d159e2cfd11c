/** A description within the limit of every service: Lambda and IAM allow 256 characters. */
export const truncated = (text: string): string => (text.length <= 256 ? text : `${text.slice(0, 253)}...`);
