/** A public Ed25519 key, as a JSON Web Key (RFC 8037). */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** The key, in base64url. */
  readonly x: string;
}

/** A facts release that the owner accepted: which one, and until when it counts as current. */
export interface FactsRelease {
  /** It only increases from release to release. */
  readonly version: number;
  /** SHA-256 of its signed content, in hexadecimal. */
  readonly digest: string;
  /** The day on which the maintainers compared its rows with their sources. */
  readonly checkedAt: string;
  /** The day by which they meant to publish the next one. */
  readonly nextCheck: string;
  /** The first day on which it can't be accepted any more. Rows that were accepted before keep deciding. */
  readonly expires: string;
}

/** The keys of facts releases that this version of the package knows. */
export interface ReleaseKeys {
  /** The first keys in the order of their use; the last one signs releases. */
  readonly first: readonly FirstKey[];
  /** The key that can only name a new first key; null until the maintainers publish one. */
  readonly second: PublicJwk | null;
  /** The highest version that existed when this version of the package was published. */
  readonly version: number;
}

/** A key that signs facts releases. */
export interface FirstKey {
  /** The version of the statement that named it; it signs only higher ones. 0 for the one that was pinned. */
  readonly from: number;
  readonly key: PublicJwk;
}
