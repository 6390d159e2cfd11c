import type { TableKey } from '../../../contract/tables';

/**
 * Where each row of a user is. All of them are in the user's own partition, so that one query finds everything of a user, and so
 * that another's ids can't be asked for: they are looked up in the partition of who asks. docs/decisions has the layout.
 */

export type Key = TableKey;

export const partitionOf = (user: string): string => `user#${user}`;

/** What a conversation is, or a thread: the line of responses that continue each other, which has no id of OpenAI's. */
export const headKey = (user: string, line: string): Key => ({
  pk: partitionOf(user),
  sk: `${isThread(line) ? 'thread' : 'conversation'}#${line}`,
});

export const CONVERSATIONS = 'conversation#';

export const isThread = (line: string): boolean => line.startsWith('thread_');

/** Some of the items of a line, from one sequence number on. */
export const segmentKey = (user: string, line: string, first: number): Key => ({
  pk: partitionOf(user),
  sk: `${segmentsOf(line)}${numbered(first)}`,
});

export const segmentsOf = (line: string): string => `segment#${line}#`;

/** Wide enough for as many items as JSON counts exactly. */
export const numbered = (seq: number): string => `${seq}`.padStart(16, '0');

/** Where in a conversation the items of one write are. */
export const writeKey = (user: string, conversation: string, write: string): Key => ({
  pk: partitionOf(user),
  sk: `${writesOf(conversation)}${write}`,
});

export const writesOf = (conversation: string): string => `write#${conversation}#`;

export const responseKey = (user: string, response: string): Key => ({
  pk: partitionOf(user),
  sk: `response#${response}`,
});

/** A conversation that was deleted, until its rows are. */
export const deletedKey = (user: string, conversation: string): Key => ({
  pk: partitionOf(user),
  sk: `${DELETED}${conversation}`,
});

export const DELETED = 'deleted#';
