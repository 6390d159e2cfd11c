import { randomBytes } from 'node:crypto';

/** 128 bits that nobody can guess. */
export const randomHex = (): string => randomBytes(16).toString('hex');

/** An id that begins with its time, so that ids sort by age; what follows can't be guessed. */
export const timedHex = (time: Date): string => time.getTime().toString(16).padStart(12, '0') + randomHex();

export const newConversationId = (time: Date): string => `conv_${timedHex(time)}`;

export const newResponseId = (): string => `resp_${randomHex()}`;

/** What the items of one write have in common in their ids: of a response, its own id without the prefix. */
export const writeOf = (responseId: string): string => responseId.replace(/^resp_/, '');

const PREFIXES = { message: 'msg', function_call: 'fc', function_call_output: 'fco', reasoning: 'rs' } as const;

/** What was asked is numbered from here on, and what a model makes from 0, since the model's ids are told before it is stored. */
const ASKED = 0x8000;

/** The id of an item that a client gave. */
export const askedItemId = (type: keyof typeof PREFIXES, write: string, index: number): string =>
  `${PREFIXES[type]}_${write}${(ASKED + index).toString(16)}`;

/** The write that an item came by; none for an id that isn't an item's. */
export const writeOfItem = (itemId: string): string | undefined =>
  /^[a-z]+_([0-9a-f]{32})[0-9a-f]{4}$/.exec(itemId)?.[1];

export const isConversationId = (id: string): boolean => /^conv_[0-9a-f]{44}$/.test(id);

export const isResponseId = (id: string): boolean => /^resp_[0-9a-f]{32}$/.test(id);
