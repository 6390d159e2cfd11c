import { type Key, partitionOf } from '../store/keys';

/** The header of an item log: of a conversation, or of a thread of responses, which has no id in OpenAI's API. */
export const headerKey = (user: string, log: string): Key => ({
  pk: partitionOf(user),
  sk: `${isThread(log) ? 'thread#' : CONVERSATIONS}${log}`,
});

export const CONVERSATIONS = 'conversation#';

export const isThread = (log: string): boolean => log.startsWith('thread_');

/** The log that the key of a header names. */
export const logOf = ({ sk }: Key): string => sk.slice(sk.indexOf('#') + 1);

/** A segment of a log, by the sequence number of its first item. */
export const segmentKey = (user: string, log: string, first: number): Key => ({
  pk: partitionOf(user),
  sk: `${segmentsOf(log)}${padded(first)}`,
});

export const segmentsOf = (log: string): string => `segment#${log}#`;

/** As wide as the largest integer that JSON represents exactly. */
export const padded = (seq: number): string => `${seq}`.padStart(16, '0');

/** The row that says where in a conversation the items of one write are. */
export const writeKey = (user: string, conversation: string, write: string): Key => ({
  pk: partitionOf(user),
  sk: `${writesOf(conversation)}${write}`,
});

export const writesOf = (conversation: string): string => `write#${conversation}#`;

export const responseKey = (user: string, response: string): Key => ({
  pk: partitionOf(user),
  sk: `response#${response}`,
});

/** Marks a deleted conversation until all of its rows are deleted. */
export const deletedKey = (user: string, conversation: string): Key => ({
  pk: partitionOf(user),
  sk: `${DELETED}${conversation}`,
});

export const DELETED = 'deleted#';
