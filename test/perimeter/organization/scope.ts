import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { PerimeterDocument, PerimeterStatement, PolicyDocument } from '@/lib/perimeter/organization/document';
import type { PerimeterScope } from '@/lib/perimeter/organization/scope';

/** A perimeter of the EU for one organization. */
export const scope = (changes: Partial<PerimeterScope> = {}): PerimeterScope => ({
  boundary: ResidencyBoundary.eu(),
  partition: 'aws',
  organization: 'o-exampleorgid',
  deployRoles: ['cdk-*-cfn-exec-role-*'],
  hasEgress: false,
  ...changes,
});

/** Every statement of the documents in IAM's language. */
export const statementsOf = (documents: readonly PerimeterDocument[]): PerimeterStatement[] =>
  documents.flatMap((document) => (isPolicy(document) ? document.content.Statement : []));

const isPolicy = (document: PerimeterDocument): document is PolicyDocument => 'Statement' in document.content;

/** The statement with this ID. */
export function statement(documents: readonly PerimeterDocument[], sid: string): PerimeterStatement {
  const found = statementsOf(documents).find(({ Sid }) => Sid === sid);
  if (found === undefined) throw new Error(`no statement '${sid}'`);
  return found;
}
