import type { PerimeterDocument } from './document';

/**
 * The text of a document as it is written and attached: without white space, because AWS counts every character of a policy that an
 * API receives.
 */
export const policyText = (content: PerimeterDocument['content']): string => JSON.stringify(content);
