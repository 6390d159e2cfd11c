import type { ConverseRequest } from '../../runtime/gateway/bedrock/bedrock';
import type { ModelRequest } from '../../runtime/gateway/converse/model-request';
import { readConverse, readConverseStream } from '../../runtime/gateway/converse/read-converse';
import type { Servers } from '../../runtime/gateway/openai/servers';
import { echoUpstream } from './echo';
import { tokensOf } from './echo-answer';
import { echoVector } from './echo-vector';

/** The echo in place of servers other than Bedrock; it connects to none of them. */
export const echoServers: Servers = {
  answer: async (_, request, client) =>
    readConverse(await echoUpstream.converse({} as never, toConverse(request), client)),
  stream: async (_, request, client) =>
    readConverseStream(await echoUpstream.converseStream({} as never, toConverse(request), client)),
  embed: async (_, input, dimensions = 1024) => ({
    vectors: input.map((text) => echoVector(text, dimensions)),
    tokens: input.reduce((sum, text) => sum + tokensOf(text), 0),
  }),
};

function toConverse({ converse, format }: ModelRequest): ConverseRequest {
  if (format === undefined) return converse;
  const jsonSchema = { name: format.name, schema: JSON.stringify(format.schema ?? { type: 'object' }) };
  return { ...converse, outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema } } } };
}
