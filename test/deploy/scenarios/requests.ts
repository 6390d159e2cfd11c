import assert from 'node:assert/strict';
import type { LLMock } from '@copilotkit/aimock';
import type OpenAI from 'openai';

export const QUESTION = 'Wie heißt die Hauptstadt, Kennwort Zitronenfalter?';
export const ANSWER = 'Die Hauptstadt heißt Berlin, Kennwort Admiral.';
export const PROFILE = 'eu.anthropic.claude-sonnet-5';
export const MESSAGES: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: QUESTION }];

/** The error that a refused client receives. */
export function failure(client: OpenAI, model = 'assistant'): Promise<{ status: number; code: string }> {
  return client.chat.completions.create({ model, messages: MESSAGES }).then(
    () => assert.fail('the request succeeded'),
    (error) => error,
  );
}

/** The paths of the requests that the fake received. */
export const requestedPaths = (bedrock: LLMock): string[] =>
  bedrock.getRequests().map((request) => decodeURIComponent(request.path));
