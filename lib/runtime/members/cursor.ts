import { UnknownCursor } from './member-list';

/** The position at which a list continues: one of its parts, and the user pool's token for the next page of that part. */
export interface Cursor {
  readonly part: number;
  readonly token?: string;
}

export const toText = ({ part, token = '' }: Cursor): string => Buffer.from(`${part} ${token}`).toString('base64url');

/** @throws UnknownCursor if `toText` didn't write the text */
export function toCursor(text: string | undefined, parts: number): Cursor {
  if (text === undefined) return { part: 0 };
  const [, part = '', token] = /^(\d) ([\x21-\x7e]*)$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (part === '' || Number(part) >= parts) throw new UnknownCursor('the list has no such page');
  return { part: Number(part), ...(token !== '' && { token }) };
}
