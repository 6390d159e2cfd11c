/**
 * Encrypts what is kept of a user, under keys of that user alone. Content is encrypted with it before it is written
 * anywhere, and whoever has the store without the vault has nothing.
 */
export interface Vault {
  /**
   * Makes the user's key where there is none. It can be called before every write: once the key is known to this process, it
   * asks nobody.
   *
   * @throws KeyGone when the user was erased and not admitted again since
   */
  open(user: string): Promise<void>;

  /**
   * An AWS Encryption SDK message, some 300 bytes longer than the text and with a few more for every frame.
   *
   * @throws KeyGone when the user has no key: it was erased, or never opened
   */
  encrypt(user: string, plaintext: Uint8Array): Promise<Uint8Array>;

  /**
   * What was encrypted for the same user of the same workspace.
   *
   * @throws KeyGone when the key was erased
   * @throws UnreadableMessage when it is of somebody else, was changed, or is no message
   */
  decrypt(user: string, message: Uint8Array): Promise<Uint8Array>;
}

/** Ends keys. No gateway has the right to it, only what erases. */
export interface KeyErasure {
  /**
   * Deletes every version of a user's key, and leaves a mark by which none is made again. It may be repeated until it
   * succeeds. Processes that have the key in memory go on for up to `KEY_CACHE_MS`.
   */
  destroy(user: string): Promise<Destroyed>;

  /**
   * Lets a user who was erased have a new key; what was erased stays so, since it was encrypted under another.
   *
   * @throws Error when a process may still have the old key in memory
   */
  readmit(user: string): Promise<void>;

  /** Gives a user a new key for what is written from now on; what was written before stays readable. */
  rotate(user: string): Promise<void>;
}

/** That a key is no more. */
export interface Destroyed {
  /** When it was erased first; a repetition doesn't change it. */
  readonly erasedAt: Date;
  /** From when on no process has the key in memory. Point-in-time recovery of the table has a window of its own. */
  readonly forgottenAt: Date;
  /** Rows that this call deleted. */
  readonly deleted: number;
}

/** How long a process uses a key before it asks for it again, and so how long it can still decrypt after an erasure. */
export const KEY_CACHE_MS = 60_000;

/** The user's key was erased, or there never was one. */
export class KeyGone extends Error {
  public override readonly name = 'KeyGone';
}

/** A message that isn't of this user and workspace, or isn't as it was written. Which of it, nobody is told. */
export class UnreadableMessage extends Error {
  public override readonly name = 'UnreadableMessage';
}
