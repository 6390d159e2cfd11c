import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Row } from '@/lib/runtime/workspace/store/row';
import type { LocalContent } from '@/test/runtime/workspace/conversations/support/local-content';

/** Numbers the keys that each user has had, by what they decrypt. */
export class KeyNumbers {
  private readonly probes = new Map<string, Uint8Array[]>();
  private readonly known = new Map<string, { readonly rows: string; readonly key: number }>();
  private readonly saved = new Map<string, readonly Row[]>();

  constructor(private readonly local: LocalContent) {}

  /** The number of the key that decrypts now, from 1; 0 for none. */
  public async current(user: string, table: readonly Row[]): Promise<number> {
    const rows = table.filter((row) => row['branch-key-id']?.S === `sciences/${user}` && row.type?.S !== 'erased');
    const text = JSON.stringify(rows);
    const known = this.known.get(user);
    if (known?.rows === text) return known.key;
    if (rows.length > 0) this.saved.set(user, rows);
    const key = rows.length === 0 ? 0 : await this.numberOf(user);
    this.known.set(user, { rows: text, key });
    return key;
  }

  private async numberOf(user: string): Promise<number> {
    const keyring = this.local.newKeyring();
    const probes = this.probes.get(user) ?? [];
    for (const [at, probe] of probes.entries()) {
      const isDecrypted = await keyring.decrypt(user, probe).then(
        () => true,
        () => false,
      );
      if (isDecrypted) return at + 1;
    }
    this.probes.set(user, [...probes, await keyring.encrypt(user, Buffer.from('probe'))]);
    return probes.length + 1;
  }

  /** Restores the key that the user had last. */
  public async restore(user: string): Promise<void> {
    await this.local.restore('sciences-keys', this.saved.get(user) ?? []);
  }

  /** Deletes what was restored. */
  public async delete(user: string): Promise<void> {
    const { client } = this.local.stores().table;
    for (const row of this.saved.get(user) ?? []) {
      const Key = { 'branch-key-id': row['branch-key-id'], type: row.type } as Record<string, { S: string }>;
      await client.send(new DeleteItemCommand({ TableName: 'sciences-keys', Key }));
    }
  }
}
