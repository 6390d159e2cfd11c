import { ApiError } from '../api-error';
import type { Bedrock } from '../bedrock';
import { type Denied, decideChatModel } from '../decide';
import { firstAnswer } from '../failover';
import { readJson } from '../read-json';
import type { Trail } from '../request-log';
import type { Serving } from '../serving';
import { type ChatCompletion, fromConverse } from './from-converse';
import { parseChatRequest } from './parse-chat-request';
import { toConverse } from './to-converse';

/** What a request needs beside itself. */
export interface ChatContext {
  readonly serving: Serving;
  readonly bedrock: Pick<Bedrock, 'converse'>;
  readonly requestId: string;
  readonly now: Date;
  readonly trail: Trail;
}

/**
 * Serves `POST /v1/chat/completions`: validates, decides, and only then sends.
 *
 * @throws ApiError for every refusal
 */
export async function completeChat(request: Request, context: ChatContext): Promise<ChatCompletion> {
  const { serving, bedrock, trail } = context;
  const chat = parseChatRequest(await readJson(request), serving.keepsContent);
  const converse = toConverse(chat);
  const decision = decideChatModel(serving, chat.model);
  if (!decision.allowed) {
    trail.reason = decision.reason;
    throw toApiError(decision);
  }
  trail.model = decision.alias;
  const { destination, answer } = await firstAnswer(
    decision.destinations,
    (candidate) => bedrock.converse(candidate, converse),
    (attempt) => {
      trail.failedAttempts = [...(trail.failedAttempts ?? []), attempt];
    },
  );
  trail.destination = destination;
  const completion = fromConverse(answer, {
    id: `chatcmpl-${context.requestId}`,
    created: Math.floor(context.now.getTime() / 1000),
    model: decision.alias,
  });
  const { prompt_tokens, completion_tokens, prompt_tokens_details } = completion.usage;
  trail.tokens = {
    prompt: prompt_tokens,
    completion: completion_tokens,
    cached: prompt_tokens_details.cached_tokens,
  };
  return completion;
}

function toApiError({ reason, message }: Denied): ApiError {
  const param = 'model';
  switch (reason) {
    case 'outside-boundary':
      return new ApiError(403, 'residency_model_refused', message, { param });
    case 'not-for-chat':
      return new ApiError(400, 'model_not_supported', message, { param });
    case 'unknown-model':
    case 'not-an-alias':
      return new ApiError(404, 'model_not_found', message, { param });
  }
}
