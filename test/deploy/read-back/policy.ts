/** A policy document, as a service returns it. */
export interface Document {
  readonly Statement: Statement | readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const statementsOf = (document: Document): readonly Statement[] => [document.Statement].flat() as Statement[];
export const actions = ({ Action }: Statement): readonly string[] => [Action ?? []].flat() as string[];
export const resources = ({ Resource }: Statement): readonly string[] => [Resource ?? []].flat() as string[];
