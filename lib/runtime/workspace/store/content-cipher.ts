import { type Keyring, UnreadableMessage } from '../keyring/keyring';
import { randomHex } from './ids';
import type { Key } from './keys';
import { type ContentObjects, contentPrefix } from './objects';
import type { Row } from './row';

/** DynamoDB's limit is 400 KB per item, with its keys and the attributes next to the content. */
const LARGEST_IN_ROW = 300_000;

/** The attributes of a row that hold its content: the ciphertext, or the key of its object in the bucket. */
export interface EncryptedContent {
  readonly content?: Uint8Array;
  readonly object?: string;
}

/**
 * Encrypts the content of rows and objects. Each plaintext names the row or object that it belongs to, so a principal that can write to
 * the table but not decrypt can't move a user's text to another row of theirs.
 */
export class ContentCipher {
  constructor(
    private readonly keyring: Keyring,
    private readonly objects: ContentObjects,
  ) {}

  /** Encrypts the content of a row. Large content is in the bucket before any row refers to it. */
  public async encrypt(user: string, key: Key, value: unknown): Promise<EncryptedContent> {
    const plain = Buffer.from(JSON.stringify({ row: key.sk, value }));
    await this.keyring.ensureKey(user);
    const content = await this.keyring.encrypt(user, plain);
    if (content.length <= LARGEST_IN_ROW) return { content };
    const object = `${contentPrefix(user)}${randomHex()}`;
    await this.objects.put(object, content);
    return { object };
  }

  /**
   * Decrypts the content of a row.
   *
   * @throws ContentGone when it isn't there
   * @throws ContentMoved when it belongs to another row
   */
  public async decrypt<T>(user: string, row: Row): Promise<T> {
    const object = row.object?.S;
    const content = object === undefined ? row.content?.B : await this.objects.get(object);
    if (content === undefined) throw new ContentGone('the content of a row is gone');
    const plain = await this.keyring.decrypt(user, content);
    const { row: sk, value } = JSON.parse(Buffer.from(plain).toString()) as { row: string; value: T };
    if (sk !== row.sk?.S) throw new ContentMoved('the content of a row belongs to another');
    return value;
  }

  /** Encrypts bytes and puts them into the bucket. The plaintext begins with the object's key. */
  public async encryptObject(user: string, object: string, bytes: Uint8Array): Promise<void> {
    await this.keyring.ensureKey(user);
    const content = await this.keyring.encrypt(user, Buffer.concat([Buffer.from(`${object}\n`), bytes]));
    await this.objects.put(object, content);
  }

  /**
   * Decrypts an object of the bucket.
   *
   * @throws ContentGone when it isn't there
   * @throws ContentMoved when it was written under another key
   */
  public async decryptObject(user: string, object: string): Promise<Uint8Array> {
    const content = await this.objects.get(object);
    if (content === undefined) throw new ContentGone('the content of a file is gone');
    const plain = Buffer.from(await this.keyring.decrypt(user, content));
    const prefix = Buffer.from(`${object}\n`);
    if (!plain.subarray(0, prefix.length).equals(prefix)) {
      throw new ContentMoved('the content of a file belongs to another');
    }
    return plain.subarray(prefix.length);
  }

  /** Deletes the objects that rows refer to. */
  public async deleteObjects(rows: readonly Row[]): Promise<void> {
    const keys = rows.flatMap((row) => row.object?.S ?? []);
    for (const key of keys) await this.objects.delete(key);
  }
}

/** A ciphertext of the same user that was written for another row or object. */
export class ContentMoved extends Error {
  public override readonly name = 'ContentMoved';
}

/** The object that a row refers to isn't in the bucket. */
export class ContentGone extends Error {
  public override readonly name = 'ContentGone';
}

/** Whether a ciphertext will never decrypt here: it was changed, or belongs to another user, row or object. */
export const isUnreadable = (error: unknown): boolean =>
  error instanceof UnreadableMessage || error instanceof ContentMoved;

/** For content that no later attempt could read: what its promise is caught with. */
export function unlessUseless(error: unknown): undefined {
  if (error instanceof ContentGone || isUnreadable(error)) return undefined;
  throw error;
}
