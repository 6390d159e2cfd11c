import { CONTENT_PREFIX } from '../../../contract/objects';
import type { Vault } from '../vault/vault';
import { randomHex } from './ids';
import type { Key } from './keys';
import type { ContentObjects } from './objects';
import type { Row } from './row';

/** DynamoDB takes 400 KB an item, with its keys and the figures beside the content. */
const MOST_IN_ROW = 300_000;

/** Content as a row holds it: the ciphertext, or where in the bucket it is. */
export interface Sealed {
  readonly content?: Uint8Array;
  readonly object?: string;
}

/**
 * Encrypts what a row holds. Each ciphertext says within which row it belongs to, so that who can write to the table but not
 * decrypt can't move one user's texts to another place of theirs.
 */
export class Seal {
  constructor(
    private readonly vault: Vault,
    private readonly objects: ContentObjects,
  ) {}

  /** The content of a row. Where it is large, it is in the bucket before anything refers to it. */
  public async close(user: string, key: Key, value: unknown): Promise<Sealed> {
    const plain = Buffer.from(JSON.stringify({ row: key.sk, value }));
    await this.vault.open(user);
    const content = await this.vault.encrypt(user, plain);
    if (content.length <= MOST_IN_ROW) return { content };
    const object = `${objectsOf(user)}${randomHex()}`;
    await this.objects.put(object, content);
    return { object };
  }

  /**
   * What a row holds.
   *
   * @throws Error when it isn't this row's, or isn't there
   */
  public async open<T>(user: string, row: Row): Promise<T> {
    const object = row.object?.S;
    const content = object === undefined ? row.content?.B : await this.objects.get(object);
    if (content === undefined) throw new ContentGone('the content of a row is gone');
    const plain = await this.vault.decrypt(user, content);
    const { row: sk, value } = JSON.parse(Buffer.from(plain).toString()) as { row: string; value: T };
    if (sk !== row.sk?.S) throw new ContentMoved('the content of a row belongs to another');
    return value;
  }

  /** Puts bytes into the bucket, encrypted. Within they say under which key of it they belong, as texts say in which row. */
  public async closeObject(user: string, object: string, bytes: Uint8Array): Promise<void> {
    await this.vault.open(user);
    const content = await this.vault.encrypt(user, Buffer.concat([Buffer.from(`${object}\n`), bytes]));
    await this.objects.put(object, content);
  }

  /**
   * Bytes of the bucket.
   *
   * @throws Error when they aren't there, or are others
   */
  public async openObject(user: string, object: string): Promise<Uint8Array> {
    const content = await this.objects.get(object);
    if (content === undefined) throw new ContentGone('the content of a file is gone');
    const plain = Buffer.from(await this.vault.decrypt(user, content));
    const head = Buffer.from(`${object}\n`);
    if (!plain.subarray(0, head.length).equals(head))
      throw new ContentMoved('the content of a file belongs to another');
    return plain.subarray(head.length);
  }

  /** Deletes what rows refer to in the bucket. */
  public async dropObjects(rows: readonly Row[]): Promise<void> {
    const keys = rows.flatMap((row) => row.object?.S ?? []);
    for (const key of keys) await this.objects.delete(key);
  }
}

/** Where in the bucket everything of a user is. */
export const objectsOf = (user: string): string => `${CONTENT_PREFIX}${user}/`;

/** A ciphertext of the same user that was written elsewhere. */
export class ContentMoved extends Error {
  public override readonly name = 'ContentMoved';
}

/** What a row refers to isn't in the bucket. */
export class ContentGone extends Error {
  public override readonly name = 'ContentGone';
}
