import type { Place } from '../../gateway/keys/key-form';
import { newSecret, randomText } from '../../gateway/keys/secret';

/**
 * The prefixes of members' keys, by which scanners find leaked secrets. They differ from those of projects' keys, so neither is taken
 * for the other.
 */
const PREFIXES: Readonly<Record<Place, string>> = { deployment: 'eurm', local: 'eudevm' };

const FORM = /^([a-z]+)_([\w-]{1,64})\.(key_[A-Za-z0-9_-]{16})\.[A-Za-z0-9_-]{43}$/;

/** Longer than any key. A longer text isn't even searched for one. */
const LONGEST = 160;

/** The member and the ID in a text of a key's form; undefined if the text can't be a key of this kind. */
export function keyParts(text: string, kind: Place): { readonly member: string; readonly id: string } | undefined {
  if (text.length > LONGEST) return undefined;
  const [, prefix, member = '', id = ''] = FORM.exec(text) ?? [];
  return prefix === PREFIXES[kind] ? { member, id } : undefined;
}

export const isKeyId = (id: string): boolean => /^key_[A-Za-z0-9_-]{16}$/.test(id);

/** A new key of a member. It names the member, whose keys are in one row, so that it is found by one read. */
export function newMemberKey(member: string, kind: Place) {
  const id = `key_${randomText(12)}`;
  return { id, ...newSecret(`${PREFIXES[kind]}_${member}.${id}`) };
}
