/** The stored part of a secret. It suffices to recognise the secret, not to derive it. */
export interface StoredSecret {
  /** 16 random bytes in base64url. */
  readonly salt: string;
  /** `hashKey` of the whole key, in base64url. */
  readonly hash: string;
}

/** A key as it is stored. A rotation gives it another secret; its ID stays. */
export interface KeyRecord extends StoredSecret {
  /** The part of the key before its dot, prefix included. It isn't secret. */
  readonly id: string;
  /** The only project for which it is valid. */
  readonly project: string;
  /**
   * Whether the project is an open one. A key works for one kind only, so a key that a declared project left behind isn't one of an open
   * project with the same ID.
   */
  readonly open?: true;
  /** The owner's name for it. */
  readonly label?: string;
  /** Whether its tokens are counted by its label. Labels of version 0.1.0 were not chosen for that. */
  readonly countsLabel?: true;
  /** Its own budget of a calendar month in UTC, in tokens and in US dollars. */
  readonly tokensPerMonth?: number;
  readonly usdPerMonth?: number;
  readonly created: Date;
  /** The time from which it is invalid. */
  readonly expires?: Date;
  /** The time of the last rotation. */
  readonly rotated?: Date;
  /** The secret before the last rotation, which is valid until its own end. */
  readonly previous?: StoredSecret & { readonly expires: Date };
  /** Invalid, regardless of the time. */
  readonly revoked?: Date;
}

/** Whether a key is valid at a time. */
export const isActive = ({ expires, revoked }: KeyRecord, now: Date): boolean =>
  revoked === undefined && (expires === undefined || now < expires);
