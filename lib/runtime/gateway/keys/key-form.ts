/** Where a key opens something. A deployment takes no key of a local `serve`, and the other way round. */
export type KeyKind = 'deployment' | 'local';

/** How keys begin, so that scanners for leaked secrets find them, and people tell them apart. */
export const KEY_PREFIXES: Readonly<Record<KeyKind, string>> = { deployment: 'eur', local: 'eudev' };

const FORM = /^([a-z]+)_[A-Za-z0-9_-]{16}(?=\.[A-Za-z0-9_-]{43}$)/;

/** The id of what may be a key of a kind; none if it can't be one, whoever has it. */
export function idOf(key: string, kind: KeyKind): string | undefined {
  const [id, prefix] = FORM.exec(key) ?? [];
  return prefix === KEY_PREFIXES[kind] ? id : undefined;
}
