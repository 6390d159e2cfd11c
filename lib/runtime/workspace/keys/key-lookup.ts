import type { KeyRegistry } from '../../gateway/keys/key-registry';
import type { ContentTable } from '../store/table';
import { keysRow, toKeys } from './key-row';
import type { KeysOfMember } from './member-key';

/** Looks up the keys of a member in the table of content: one read of one row, whatever a client sends. */
export class KeyLookup implements KeyRegistry<KeysOfMember> {
  constructor(private readonly table: ContentTable) {}

  public async find(member: string): Promise<KeysOfMember | undefined> {
    const row = await this.table.get(keysRow(member));
    return row && toKeys(row);
  }
}
