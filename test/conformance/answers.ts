import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import { post } from '../runtime/gateway/support/gateway';
import { allOf } from '../runtime/gateway/support/read-sse';
import type { OpenAiDocument } from './document';
import type { Scenario } from './scenarios';

/** The errors in the answer to a request, and for a stream in each of its events. */
export async function scenarioErrors(openAi: OpenAiDocument, gateway: FetchHandler, { path, body }: Scenario) {
  const response = await gateway.fetch(post(path.slice(1), body));
  if (response.status !== 200) return [`${response.status} ${await response.text()}`];
  if (body.stream !== true) return openAi.answerErrors('post', path, await response.json());
  const events = (await allOf(response)).map(({ data }) => data).filter((data) => data !== '[DONE]');
  if (events.length < 2) return ['the stream has fewer than two events'];
  return events.flatMap((event) => (path === '/responses' ? openAi.eventErrors(event) : chunkErrors(openAi, event)));
}

/** A stream that breaks off ends with an error, for which the document has no chunk schema. */
const chunkErrors = (openAi: OpenAiDocument, chunk: object) =>
  openAi.schemaErrors('error' in chunk ? 'ErrorResponse' : 'CreateChatCompletionStreamResponse', chunk);
