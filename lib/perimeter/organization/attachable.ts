import { type PerimeterDocument, POLICY_TYPES } from './document';

/** A document that Organizations attaches, and its type there. */
export interface Attachable {
  readonly document: PerimeterDocument;
  readonly type: string;
}

/** The documents that Organizations attaches. */
export const attachable = (documents: readonly PerimeterDocument[]): Attachable[] =>
  documents.flatMap((document) => {
    const type = POLICY_TYPES[document.kind];
    return type === undefined ? [] : [{ document, type }];
  });

/** The file of a document. */
export const fileOf = ({ name }: Pick<PerimeterDocument, 'name'>): string => `${name}.json`;

/** The name of a policy in the organization. */
export const attachedName = ({ name }: Pick<PerimeterDocument, 'name'>): string => `eu-residency-${name}`;
