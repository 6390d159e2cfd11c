import { timedHex } from '../store/ids';
import { type Key, partitionOf } from '../store/keys';

/** An id that begins with its time, so that a user's prompts are listed by age. */
export const newPromptId = (time: Date): string => `pmpt_${timedHex(time)}`;

export const isPromptId = (id: string): boolean => /^pmpt_[0-9a-f]{44}$/.test(id);

export const PROMPTS = 'prompt#';

/** The header of a prompt: what all of its versions share. */
export const promptKey = (user: string, id: string): Key => ({ pk: partitionOf(user), sk: `${PROMPTS}${id}` });

export const versionsOf = (id: string): string => `promptversion#${id}#`;

export const versionKey = (user: string, id: string, version: number): Key => ({
  pk: partitionOf(user),
  sk: `${versionsOf(id)}${`${version}`.padStart(4, '0')}`,
});
