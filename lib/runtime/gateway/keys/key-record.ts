/** What is kept of a secret: enough to recognise it, not enough to make it. */
export interface KeptSecret {
  /** 16 random bytes in base64url. */
  readonly salt: string;
  /** `hashKey` of the whole key, in base64url. */
  readonly hash: string;
}

/** A key as it is kept. A rotation gives it another secret; its id stays. */
export interface KeyRecord extends KeptSecret {
  /** The part of the key before its dot, prefix included. It isn't secret. */
  readonly id: string;
  /** The only project that it opens. */
  readonly project: string;
  /** What its owner calls it. */
  readonly label?: string;
  readonly created: Date;
  /** From then on it opens nothing. */
  readonly expires?: Date;
  /** When it was last given another secret. */
  readonly rotated?: Date;
  /** The secret before the last rotation, which opens until its own end. */
  readonly previous?: KeptSecret & { readonly expires: Date };
  /** It opens nothing, whatever the time says. */
  readonly revoked?: Date;
}

/** Whether a key opens anything at a time. */
export const isActive = ({ expires, revoked }: KeyRecord, now: Date): boolean =>
  revoked === undefined && (expires === undefined || now < expires);
