/**
 * Encrypts stored content of a user, under keys of that user alone. Content is encrypted before it is written anywhere, so a
 * principal that reaches the stores but not the keyring has nothing readable.
 */
export interface Keyring {
  /**
   * Creates the user's key if there is none. It is called before every write, and calls no service while this process has the key in
   * memory.
   *
   * @throws KeyGone when the user was erased and hasn't been readmitted since
   */
  ensureKey(user: string): Promise<void>;

  /**
   * Encrypts to a message of the AWS Encryption SDK. It is about 300 bytes longer than the plaintext, and a few more for every frame.
   *
   * @throws KeyGone when the user has no key: it was erased, or never created
   */
  encrypt(user: string, plaintext: Uint8Array): Promise<Uint8Array>;

  /**
   * Decrypts a message that was encrypted for the same user of the same workspace.
   *
   * @throws KeyGone when the key was erased
   * @throws UnreadableMessage when the message belongs to another user, was changed, or is no message
   */
  decrypt(user: string, message: Uint8Array): Promise<Uint8Array>;
}

/** A keyring that also shows whether a user was erased, so that a store that answers without rows proves nothing. */
export interface VerifierKeyring extends Keyring {
  /** Whether the key store has the mark of the user's erasure, without a cache. */
  isErased(user: string): Promise<boolean>;
}

/** Erases keys. No gateway has the permissions for it, only the functions that erase. */
export interface KeyErasure {
  /**
   * Deletes every version of a user's key, and leaves a mark that prevents a new one. It may be repeated until it succeeds.
   * Processes that have the key in memory use it for up to `KEY_CACHE_MS`.
   */
  destroy(user: string): Promise<Destroyed>;

  /**
   * Permits a new key for a user who was erased. Erased content stays unreadable, because it was encrypted under another key.
   *
   * @throws Error when a process may still have the old key in memory
   */
  readmit(user: string): Promise<void>;

  /** Gives a user a new key for what is written from now on; what was written before stays readable. */
  rotate(user: string): Promise<void>;
}

/** The result of erasing a key. */
export interface Destroyed {
  /** When it was erased first; a repetition doesn't change it. */
  readonly erasedAt: Date;
  /** From this time on no process has the key in memory. Point-in-time recovery of the table has a window of its own. */
  readonly forgottenAt: Date;
  /** The number of rows that this call deleted. */
  readonly deleted: number;
}

/** How long a process uses a key before it fetches it again, and so how long it can still decrypt after an erasure. */
export const KEY_CACHE_MS = 60_000;

/** The user's key was erased, or never created. */
export class KeyGone extends Error {
  public override readonly name = 'KeyGone';
}

/** A message of another user or workspace, or one that was changed. The error doesn't say which. */
export class UnreadableMessage extends Error {
  public override readonly name = 'UnreadableMessage';
}
