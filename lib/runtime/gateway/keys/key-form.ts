/**
 * The place where a key is valid: for a project of a deployment, or an identity system that calls SCIM. A deployment refuses keys of a
 * local `serve`, and vice versa.
 */
export type KeyKind = Place | 'scim' | 'local-scim';

/** Where a key of a project or a member is valid. */
export type Place = 'deployment' | 'local';

/** The prefixes of keys, by which scanners find leaked secrets and people distinguish the kinds. */
export const KEY_PREFIXES: Readonly<Record<KeyKind, string>> = {
  deployment: 'eur',
  local: 'eudev',
  scim: 'eurscim',
  'local-scim': 'eudevscim',
};

const FORM = /^([a-z]+)_[A-Za-z0-9_-]{16}(?=\.[A-Za-z0-9_-]{43}$)/;

/** The ID in a text of a key's form; undefined if the text can't be a key of this kind. */
export function idOf(key: string, kind: KeyKind): string | undefined {
  const [id, prefix] = FORM.exec(key) ?? [];
  return prefix === KEY_PREFIXES[kind] ? id : undefined;
}
