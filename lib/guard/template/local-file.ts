import type { Node } from './node';
import { knownText } from './resource';

/**
 * Whether a value is the path of a file beside the template. CloudFormation takes no such path: `sam package`, `sam build` or
 * `aws cloudformation package` replaces it first, and what they make is what is deployed, and to be checked.
 */
export function isLocalFile(value: Node): boolean {
  const text = knownText(value);
  return text !== undefined && /^[\w./-]+\.(?:json|ya?ml)$/i.test(text) && !text.startsWith('//');
}
