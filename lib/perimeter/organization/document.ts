/** A statement of a perimeter's document, in IAM's format. */
export interface PerimeterStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy of IAM's language, in a perimeter. */
export interface PerimeterPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PerimeterStatement[];
}

/**
 * What enforces a document: a service control policy, a resource control policy, a permissions boundary (a managed policy of each account),
 * or a management policy of Organizations, which is not in IAM's language.
 */
export type DocumentKind = 'scp' | 'rcp' | 'permissions-boundary' | 'bedrock-policy' | 'ai-opt-out';

/** What Organizations calls each kind; a permissions boundary is none of its policies. */
export const POLICY_TYPES: Readonly<Record<DocumentKind, string | undefined>> = {
  scp: 'SERVICE_CONTROL_POLICY',
  rcp: 'RESOURCE_CONTROL_POLICY',
  'permissions-boundary': undefined,
  'bedrock-policy': 'BEDROCK_POLICY',
  'ai-opt-out': 'AISERVICES_OPT_OUT_POLICY',
};

/** One document of a perimeter, as it is attached. */
export type PerimeterDocument = PolicyDocument | ManagementDocument;

interface Common {
  /** The file's name, without its end: `scp-regions`. */
  readonly name: string;
  /** What it refuses, as one sentence. */
  readonly description: string;
}

/** A document in IAM's language. */
export interface PolicyDocument extends Common {
  readonly kind: 'scp' | 'rcp' | 'permissions-boundary';
  readonly content: PerimeterPolicy;
}

/** A management policy of Organizations. */
export interface ManagementDocument extends Common {
  readonly kind: 'bedrock-policy' | 'ai-opt-out';
  readonly content: Readonly<Record<string, unknown>>;
}
