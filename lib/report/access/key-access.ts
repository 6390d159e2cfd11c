/** What somebody can do with a key that leads to what is under it: read it, let others read it, or decide who may. */
export type KeyRight = 'decrypt' | 'lend' | 'rewrite policy';

/** Who a statement of a policy lets do something. */
export interface Principal {
  /** The construct of a role, its ARN, an account, a service, or `anybody`. */
  readonly who: string;
  readonly kind: 'identity' | 'account' | 'service' | 'anybody' | 'unknown';
  /** Of a role of the assembly: whom its trust policy lets act as it. */
  readonly assumedBy?: readonly string[];
}

/** One way to a key. */
export interface AccessEntry extends Principal {
  readonly can: KeyRight;
  /** The key's policy alone, an IAM policy to which the key's policy leaves it, or a grant that somebody made. */
  readonly by: 'key policy' | 'IAM policy' | 'grant';
  /** The services through which alone it holds; directly too when empty. */
  readonly through: readonly string[];
  /** The encryption context that a call must have. */
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** Everything else that a call must fulfil, in IAM's words. */
  readonly conditions: readonly string[];
}

/** Something that is encrypted under a key. */
export interface Protected {
  readonly name: string;
  readonly type: string;
}

/** A key, what is under it, and who can read that by the key. */
export interface KeyAccess {
  /** Of the stack that defines it; none of a key that isn't in the assembly. */
  readonly stack?: string;
  readonly key: string;
  readonly region: string;
  readonly protects: readonly Protected[];
  readonly entries: readonly AccessEntry[];
  /** Statements that deny it, which `entries` don't take into account unless they deny it to everybody. */
  readonly denied: readonly Omit<AccessEntry, 'by'>[];
  /** Why it can't be told whether there are more; none when what is listed is all. */
  readonly unknown: readonly string[];
}

/** What an assembly says of who can read what. */
export interface Access {
  readonly keys: readonly KeyAccess[];
  /** What is under a key of the service's own: whoever IAM lets read it can. */
  readonly withoutKey: readonly Protected[];
}
