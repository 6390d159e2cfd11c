import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import type { LLMock } from '@copilotkit/aimock';
import type { ApiGateway } from '../api-gateway/api-gateway';
import { send } from '../api-gateway/client';
import { type Context, PROJECTS } from '../read-back/context';
import { ANSWER, PROFILE, QUESTION, requestedPaths } from './requests';
import type { Tenant } from './tenants';

const MESSAGE = { model: 'assistant', max_tokens: 200, messages: [{ role: 'user' as const, content: QUESTION }] };

/** Anthropic's own client calls a deployed API, and a key is read from its other header too. */
export async function messages(
  { report }: Context,
  { under, baseUrl, caller }: Tenant,
  apiGateway: ApiGateway,
  bedrock: LLMock,
): Promise<void> {
  const client = new Anthropic({
    baseURL: baseUrl.replace(/\/v1$/, ''),
    authToken: caller.apiKey,
    maxRetries: 0,
    fetch: (url, init) => send(new URL(String(url)), init ?? {}, apiGateway.port, caller),
  });

  await report.check(`${under}: messages.create is answered in the Region`, async () => {
    bedrock.clearRequests();
    const { data, response } = await client.messages.create(MESSAGE).withResponse();
    assert.deepEqual(
      data.content.map((block) => block.type === 'text' && block.text),
      [ANSWER],
    );
    assert.equal(response.headers.get('x-residency-region'), 'eu-central-1');
    assert.deepEqual(requestedPaths(bedrock), [`/model/${PROFILE}/converse`]);
  });
  await report.check(`${under}: a streamed message arrives whole`, async () => {
    const message = await client.messages.stream(MESSAGE).finalMessage();
    assert.deepEqual(
      [message.content.map((block) => block.type === 'text' && block.text), message.stop_reason],
      [[ANSWER], 'end_turn'],
    );
  });
  await report.check(`${under}: messages.countTokens sends nothing`, async () => {
    bedrock.clearRequests();
    const { input_tokens } = await client.messages.countTokens({ model: MESSAGE.model, messages: MESSAGE.messages });
    assert.ok(input_tokens > 10, `${input_tokens} tokens`);
    assert.deepEqual(bedrock.getRequests(), []);
  });
  const isRead = under === PROJECTS;
  await report.check(
    `${under}: a key in x-api-key is ${isRead ? 'read' : 'refused, and nothing is sent'}`,
    async () => {
      bedrock.clearRequests();
      const headers = {
        'content-type': 'application/json',
        'anthropic-version': '2023-06-01',
        'x-api-key': caller.apiKey ?? '',
      };
      const init = { method: 'POST', headers, body: JSON.stringify(MESSAGE) };
      const response = await send(new URL(`${baseUrl}/messages`), init, apiGateway.port, {});
      assert.equal(response.status, isRead ? 200 : 401);
      assert.equal(bedrock.getRequests().length, isRead ? 1 : 0);
    },
  );
}
