/** A use of a key that makes content readable: read it, let others read it, or change who may. The names are part of the JSON. */
export type KeyRight = 'decrypt' | 'lend' | 'rewrite policy';

/** A principal of a policy's statement. */
export interface Principal {
  /** The construct of a role, its ARN, an account, a service, or `anybody`. */
  readonly who: string;
  readonly kind: 'identity' | 'account' | 'service' | 'anybody' | 'unknown';
  /** For a role of the assembly: the principals that its trust policy allows to assume it. */
  readonly assumedBy?: readonly string[];
}

/** One permission to use a key. */
export interface AccessEntry extends Principal {
  readonly can: KeyRight;
  /** The source: the key's policy alone, an IAM policy that the key's policy defers to, or a grant. */
  readonly by: 'key policy' | 'IAM policy' | 'grant';
  /** The services through which alone the permission applies; directly too if empty. */
  readonly through: readonly string[];
  /** The encryption context that a call must have. */
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** Every other condition of a call, in IAM's terms. */
  readonly conditions: readonly string[];
}

/** A resource that is encrypted under a key. */
export interface Protected {
  readonly name: string;
  readonly type: string;
}

/** A key, the resources under it, and the principals that can read them with the key. */
export interface KeyAccess {
  /** The stack that defines it; none for a key that isn't in the assembly. */
  readonly stack?: string;
  readonly key: string;
  readonly region: string;
  readonly protects: readonly Protected[];
  readonly entries: readonly AccessEntry[];
  /** Statements that deny a use; `entries` take only unconditional denials for every principal into account. */
  readonly denied: readonly Omit<AccessEntry, 'by'>[];
  /** Reasons why there may be more principals; empty if the list is complete. */
  readonly unknown: readonly string[];
}

/** A use of a secret: read its value, give it another, or change who may. The names are part of the JSON. */
export type SecretRight = 'read' | 'set' | 'rewrite policy';

/** One permission to use a secret. A principal outside the assembly that the secret's policy excepts needs a permission of IAM too. */
export interface SecretEntry extends Principal {
  readonly can: SecretRight;
}

/** A secret of Secrets Manager, and the principals that can read or change it. */
export interface SecretAccess {
  readonly stack: string;
  readonly secret: string;
  readonly region: string;
  readonly entries: readonly SecretEntry[];
  /** Reasons why there may be more principals; empty if the list is complete. */
  readonly unknown: readonly string[];
}

/** The access that an assembly describes. */
export interface Access {
  readonly keys: readonly KeyAccess[];
  /** Stores under a key of the AWS service: any principal with IAM permission can read them. */
  readonly withoutKey: readonly Protected[];
  readonly secrets: readonly SecretAccess[];
}
