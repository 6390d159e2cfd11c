import { randomHex, timedHex } from '../store/ids';

export const newConversationId = (time: Date): string => `conv_${timedHex(time)}`;

export const newThreadId = (): string => `thread_${randomHex()}`;

export const newResponseId = (): string => `resp_${randomHex()}`;

/** The part that the ids of all items of one write share. For a response, it is the response's id without the prefix. */
export const writeOf = (responseId: string): string => responseId.replace(/^resp_/, '');

const PREFIXES = { message: 'msg', function_call: 'fc', function_call_output: 'fco', reasoning: 'rs' } as const;

/** Input items are numbered from here, output items from 0, because clients learn the ids of output before it is stored. */
const FIRST_INPUT = 0x8000;

/** The id of an item that a client sent. */
export const inputItemId = (type: keyof typeof PREFIXES, write: string, index: number): string =>
  `${PREFIXES[type]}_${write}${(FIRST_INPUT + index).toString(16)}`;

/** The write that stored an item; undefined for an id that isn't an item's. */
export const writeOfItem = (itemId: string): string | undefined =>
  /^[a-z]+_([0-9a-f]{32})[0-9a-f]{4}$/.exec(itemId)?.[1];

/** Whether a model generated the item with this id. No client can choose an id, so this is known of every item ever stored. */
export function isOutputId(itemId: string): boolean {
  const [, index] = /^[a-z]+_[0-9a-f]{32}([0-9a-f]{4})$/.exec(itemId) ?? [];
  return index !== undefined && Number.parseInt(index, 16) < FIRST_INPUT;
}

export const isConversationId = (id: string): boolean => /^conv_[0-9a-f]{44}$/.test(id);

export const isResponseId = (id: string): boolean => /^resp_[0-9a-f]{32}$/.test(id);
