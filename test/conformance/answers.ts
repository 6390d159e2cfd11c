import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import { post } from '../runtime/gateway/support/gateway';
import { allOf } from '../runtime/gateway/support/read-sse';
import type { OpenAiDocument } from './document';
import type { Scenario } from './scenarios';

/** What is wrong with the answer to a request, of a stream with each event of it. */
export async function wrongInAnswer(openAi: OpenAiDocument, gateway: FetchHandler, { path, body }: Scenario) {
  const response = await gateway.fetch(post(path.slice(1), body));
  if (response.status !== 200) return [`${response.status} ${await response.text()}`];
  if (body.stream !== true) return openAi.wrongInAnswer('post', path, await response.json());
  const events = (await allOf(response)).map(({ data }) => data).filter((data) => data !== '[DONE]');
  if (events.length < 2) return ['the stream is no stream'];
  return events.flatMap((event) => (path === '/responses' ? openAi.wrongInEvent(event) : wrongInChunk(openAi, event)));
}

/** A stream that breaks off says so with an error, for which the document has no chunk. */
const wrongInChunk = (openAi: OpenAiDocument, chunk: object) =>
  openAi.wrongInSchema('error' in chunk ? 'ErrorResponse' : 'CreateChatCompletionStreamResponse', chunk);
