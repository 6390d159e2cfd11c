import { encodeEventStreamMessage } from '@copilotkit/aimock';
import { listen, type Server } from '../../runtime/gateway/support/serve';
import { SECRET } from '../words';

/** A Bedrock on loopback that repeats the secret words of its request, so that an answer shows what a model was sent. */
export const modelUpstream = (called: () => void): Promise<Server> =>
  listen(async (request, response) => {
    called();
    let body = '';
    for await (const chunk of request) body += chunk;
    const text = `answer ${(body.match(new RegExp(`${SECRET}\\w*`, 'g')) ?? []).join(' ')}`;
    const usage = { inputTokens: 7, outputTokens: 10, totalTokens: 17 };
    const path = request.url ?? '';
    if (path.endsWith('/converse-stream')) {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
      const steps: [string, object][] = [
        ['messageStart', { role: 'assistant' }],
        ['contentBlockDelta', { contentBlockIndex: 0, delta: { text } }],
        ['contentBlockStop', { contentBlockIndex: 0 }],
        ['messageStop', { stopReason: 'end_turn' }],
        ['metadata', { usage, metrics: { latencyMs: 1 } }],
      ];
      for (const step of steps) response.write(encodeEventStreamMessage(...step));
      return void response.end();
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    const message = { role: 'assistant', content: [{ text }] };
    const chat = { output: { message }, stopReason: 'end_turn', usage, metrics: { latencyMs: 1 } };
    response.end(JSON.stringify(path.endsWith('/invoke') ? { embedding: [0.5], inputTextTokenCount: 2 } : chat));
  });
