import type { Answer } from '../model/answer';
import { ACCESS } from './access';
import { CHANGE } from './change';
import { CONTENT } from './content';
import { EVIDENCE } from './evidence';
import { KEYS } from './keys';
import { MODELS } from './models';
import { NETWORK } from './network';
import { OPERATIONS } from './operations';
import { ORGANISATION } from './organisation';
import { PLACE } from './place';
import { PROVIDER } from './provider';

/** What criteria and requirements are answered with, by ID. */
export const ANSWERS = {
  ...PLACE,
  ...MODELS,
  ...KEYS,
  ...NETWORK,
  ...ACCESS,
  ...CONTENT,
  ...EVIDENCE,
  ...OPERATIONS,
  ...CHANGE,
  ...PROVIDER,
  ...ORGANISATION,
} satisfies Readonly<Record<string, Answer>>;

export type AnswerId = keyof typeof ANSWERS;

export const answerOf = (id: AnswerId): Answer => ANSWERS[id];
