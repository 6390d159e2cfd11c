import assert from 'node:assert/strict';
import type { LLMock } from '@copilotkit/aimock';
import { openai, send } from '../front/client';
import type { Front } from '../front/front';
import { type Context, PROJECTS, WORKSPACE } from '../read-back/context';
import { administration } from './administration';
import { ANSWER, failure, MESSAGES, PROFILE, pathsOf, QUESTION } from './asked';
import { conversation, SECRETS } from './conversation';
import { freshness } from './freshness';
import { rights } from './rights';
import type { Served } from './served';
import { type BaseUrls, projectsOf, type Tenant, workspaceOf } from './tenants';

/** The deployed bundles, called through their deployed APIs by OpenAI's own client. */
export async function chat(context: Context, served: Served, baseUrls: BaseUrls): Promise<void> {
  const { front, bedrock, tokens } = served;
  const workspace = workspaceOf(context, served, baseUrls);
  const projects = projectsOf(context, served, baseUrls);
  for (const each of [workspace, projects]) await speakWith(context, each, front, bedrock);
  await conversation(context, workspace, tokens.colleague, front, bedrock);
  await administration(context, workspace, tokens, front);
  await rights(context, workspace, tokens, front);
  await freshness(context, projects, front, bedrock);
  await withoutContent(context, served);
}

/** Whatever was asked up to now, no log of a gateway holds content, tokens or keys. */
export async function withoutContent({ report, deployed }: Context, { front, tokens, keys }: Served): Promise<void> {
  // The second part of a token, and what comes after the id in a key, is nobody else's to know.
  const secrets = [
    ...SECRETS,
    ...[...Object.values(tokens), ...Object.values(keys)].map((one) => one.split('.')[1] ?? ''),
  ];
  for (const under of [WORKSPACE, PROJECTS]) {
    await report.check(`${under}: the function's log holds no question, no answer, no token and no key`, async () => {
      const logged = await front.logged(deployed.one('AWS::Lambda::Function', `${under}/Gateway`).physicalId);
      assert.match(logged, /"event":"operations"/);
      for (const text of secrets) assert.ok(!logged.includes(text), `it holds ${text}`);
      return `${logged.trim().split('\n').length} lines`;
    });
  }
}

async function speakWith(
  { report, deployed }: Context,
  { under, baseUrl, functionName, caller, strangers, elsewhere }: Tenant,
  front: Front,
  bedrock: LLMock,
): Promise<void> {
  const client = openai(baseUrl, front.port, caller);

  await report.check(`${under}: the base URL is the Regional host name of the API`, () => {
    const api = deployed.one('AWS::ApiGateway::RestApi', under).physicalId;
    assert.equal(baseUrl, `https://${api}.execute-api.eu-central-1.amazonaws.com/api/v1`);
  });
  await report.check(`${under}: the zip that Lambda serves starts on Node 24`, async () => {
    const running = await front.function(functionName);
    assert.match(running.version, /^v24\./);
    return `${running.version}, SHA-256 of the zip ${running.codeSha256}`;
  });
  for (const [who, [stranger, status, code]] of Object.entries(strangers)) {
    await report.check(`${under}: who comes ${who} is answered ${status} ${code}, and nothing is sent`, async () => {
      bedrock.clearRequests();
      const error = await failure(openai(baseUrl, front.port, stranger));
      assert.deepEqual([error.status, error.code], [status, code]);
      assert.deepEqual(bedrock.getRequests(), []);
    });
  }
  await report.check(`${under}: chat.completions.create`, async () => {
    bedrock.clearRequests();
    const { data, response } = await client.chat.completions
      .create({ model: 'assistant', messages: MESSAGES })
      .withResponse();
    assert.equal(data.choices[0]?.message.content, ANSWER);
    assert.equal(response.headers.get('x-residency-region'), 'eu-central-1');
    assert.equal(response.headers.get('x-residency-destination'), PROFILE);
    assert.deepEqual(pathsOf(bedrock), [`/model/${PROFILE}/converse`]);
  });
  await report.check(`${under}: streaming, piece by piece`, async () => {
    const stream = await client.chat.completions.create({ model: 'assistant', messages: MESSAGES, stream: true });
    const pieces: string[] = [];
    const times: number[] = [];
    for await (const chunk of stream) {
      const piece = chunk.choices[0]?.delta.content;
      if (!piece) continue;
      pieces.push(piece);
      times.push(performance.now());
    }
    assert.equal(pieces.join(''), ANSWER);
    const spread = (times.at(-1) ?? 0) - (times[0] ?? 0);
    // The fake waits 100 ms between pieces; an answer held back anywhere would arrive at once.
    assert.ok(pieces.length > 3 && spread > 200, `${pieces.length} pieces within ${spread.toFixed(0)} ms`);
    return `${pieces.length} pieces over ${spread.toFixed(0)} ms`;
  });
  await report.check(`${under}: responses.create`, async () => {
    const answer = await client.responses.create({ model: 'assistant', input: QUESTION, store: false });
    assert.equal(answer.output_text, ANSWER);
  });
  await report.check(`${under}: models.list`, async () => {
    const models = await client.models.list();
    assert.deepEqual(
      models.data.map(({ id }) => id),
      ['assistant'],
    );
  });
  await report.check(`${under}: a model that isn't declared is refused, and nothing is sent`, async () => {
    bedrock.clearRequests();
    assert.equal((await failure(client, `us.${PROFILE.slice(3)}`)).status, 404);
    assert.deepEqual(bedrock.getRequests(), []);
  });
  await report.check(`${under}: a path outside /v1 finds no method`, async () => {
    const response = await send(new URL('../admin', `${baseUrl}/`), {}, front.port, caller);
    const { error } = (await response.json()) as { error: { code: string } };
    assert.deepEqual([response.status, error.code], elsewhere);
  });
}
