import type { PerimeterDocument } from './document';
import { regionPolicy } from './region-policy';
import type { PerimeterScope } from './scope';

/** All documents of a perimeter, each within the sizes that AWS accepts. */
export function perimeterDocuments(scope: PerimeterScope): PerimeterDocument[] {
  return [regionPolicy(scope)];
}
