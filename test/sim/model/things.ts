/**
 * Whether something is stored. While a request that changes it runs, and after one without an answer, it isn't known; the next answer
 * that shows it tells.
 */
export type Known = 'stored' | 'perhaps-stored' | 'gone' | 'perhaps-gone';

/** Something with a mark: a conversation, an item, a file, or a version of a prompt. */
export interface Entry {
  readonly mark: string;
  id?: string;
  /** When it was written last, in Unix milliseconds. */
  at: number;
  /** When it may have been written last, by a request without an answer. */
  latest: number;
  /** Whether a stored response repeats it, which stays when the item is deleted. */
  isInResponse?: boolean;
  /** Whether a worker writes it, some time after it was sent. */
  isLater?: boolean;
  known: Known;
  /** Since when that is known. */
  since: number;
}

export type Kind = 'conversation' | 'file' | 'prompt';

/** A conversation with its items, a prompt with its versions, or a file. */
export interface Thing extends Entry {
  readonly kind: Kind;
  readonly entries: Entry[];
}

export type Presence = 'there' | 'absent' | 'either';

const entry = (mark: string, at: number): Entry => ({ mark, at, latest: at, known: 'perhaps-stored', since: at });

export const newEntry = entry;

export const newThing = (kind: Kind, mark: string, at: number): Thing => ({ ...entry(mark, at), kind, entries: [] });

/** Notes the result of a request that wrote something. */
export function written(one: Entry, isSure: boolean, isDone: boolean, now: number): void {
  if (!isSure) return;
  one.known = isDone ? 'stored' : 'gone';
  one.since = now;
}

/** Notes the result of a request that deleted something. */
export function deleted(one: Entry, isSure: boolean, isDone: boolean, now: number): void {
  if (!isSure) return;
  one.known = isDone ? 'gone' : 'stored';
  one.since = now;
}

/** Notes that an answer to a request showed something, or didn't. */
export function seen(one: Entry, isThere: boolean, began: number): void {
  if (one.since >= began) return;
  if (isThere && (one.known === 'perhaps-stored' || one.known === 'perhaps-gone')) one.known = 'stored';
  if (!isThere && one.known === 'perhaps-gone') one.known = 'gone';
}
