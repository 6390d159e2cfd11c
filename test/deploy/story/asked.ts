import assert from 'node:assert/strict';
import type { LLMock } from '@copilotkit/aimock';
import type OpenAI from 'openai';

export const QUESTION = 'Wie heißt die Hauptstadt, Kennwort Zitronenfalter?';
export const ANSWER = 'Die Hauptstadt heißt Berlin, Kennwort Admiral.';
export const PROFILE = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';
export const MESSAGES: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: QUESTION }];

/** What a client is told that isn't answered. */
export function failure(client: OpenAI, model = 'assistant'): Promise<{ status: number; code: string }> {
  return client.chat.completions.create({ model, messages: MESSAGES }).then(
    () => assert.fail('it was answered'),
    (error) => error,
  );
}

/** What the fake was asked for, by path. */
export const pathsOf = (bedrock: LLMock): string[] =>
  bedrock.getRequests().map((request) => decodeURIComponent(request.path));
