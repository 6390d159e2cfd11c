import { UnknownCursor } from './member-list';

/** Where a list goes on: which of its parts, and what the user pool said of the next page of that. */
export interface Cursor {
  readonly part: number;
  readonly token?: string;
}

export const toText = ({ part, token = '' }: Cursor): string => Buffer.from(`${part} ${token}`).toString('base64url');

/** @throws UnknownCursor when the text is none that `toText` made */
export function toCursor(text: string | undefined, parts: number): Cursor {
  if (text === undefined) return { part: 0 };
  const [, part = '', token] = /^(\d) ([\x21-\x7e]*)$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (part === '' || Number(part) >= parts) throw new UnknownCursor('the list has no such page');
  return { part: Number(part), ...(token !== '' && { token }) };
}
