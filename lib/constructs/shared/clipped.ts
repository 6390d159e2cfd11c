/** A description short enough for every service: those of Lambda and IAM hold 256 characters. */
export const clipped = (text: string): string => (text.length <= 256 ? text : `${text.slice(0, 253)}...`);
