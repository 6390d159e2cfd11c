import assert from 'node:assert/strict';
import type { LLMock } from '@copilotkit/aimock';
import type { ApiGateway } from '../api-gateway/api-gateway';
import { openai, send } from '../api-gateway/client';
import { type Context, PROJECTS, WORKSPACE } from '../read-back/context';
import { administration } from './administration';
import { conversation, SECRETS } from './conversation';
import type { DeployedApis } from './deployed-apis';
import { freshness } from './freshness';
import { messages } from './messages';
import { ANSWER, failure, MESSAGES, PROFILE, QUESTION, requestedPaths } from './requests';
import { rights } from './rights';
import { type BaseUrls, projectsOf, type Tenant, workspaceOf } from './tenants';

/** OpenAI's own client calls the deployed bundles through their deployed APIs. */
export async function chat(context: Context, apis: DeployedApis, baseUrls: BaseUrls): Promise<void> {
  const { apiGateway, bedrock, tokens } = apis;
  const workspace = workspaceOf(context, apis, baseUrls);
  const projects = projectsOf(context, apis, baseUrls);
  for (const each of [workspace, projects]) {
    await checkApi(context, each, apiGateway, bedrock);
    await messages(context, each, apiGateway, bedrock);
  }
  await conversation(context, workspace, tokens.colleague, apiGateway, bedrock);
  await administration(context, workspace, tokens, apiGateway);
  await rights(context, workspace, tokens, apiGateway);
  await freshness(context, projects, apiGateway, bedrock);
  await withoutContent(context, apis);
}

/** After all requests so far, no gateway's log contains content, tokens or keys. */
export async function withoutContent(
  { report, deployed }: Context,
  { apiGateway, tokens, keys }: DeployedApis,
): Promise<void> {
  // The payload of a token and the part of a key after its id are secret.
  const secrets = [
    ...SECRETS,
    ...[...Object.values(tokens), ...Object.values(keys)].map((one) => one.split('.')[1] ?? ''),
  ];
  for (const under of [WORKSPACE, PROJECTS]) {
    await report.check(
      `${under}: the function's log contains no question, no answer, no token and no key`,
      async () => {
        const logged = await apiGateway.logged(deployed.one('AWS::Lambda::Function', `${under}/Gateway`).physicalId);
        assert.match(logged, /"event":"operations"/);
        for (const text of secrets) assert.ok(!logged.includes(text), `it contains ${text}`);
        return `${logged.trim().split('\n').length} lines`;
      },
    );
  }
}

async function checkApi(
  { report, deployed }: Context,
  { under, baseUrl, functionName, caller, refusedCallers, otherPath }: Tenant,
  apiGateway: ApiGateway,
  bedrock: LLMock,
): Promise<void> {
  const client = openai(baseUrl, apiGateway.port, caller);

  await report.check(`${under}: the base URL is the Regional host name of the API`, () => {
    const api = deployed.one('AWS::ApiGateway::RestApi', under).physicalId;
    assert.equal(baseUrl, `https://${api}.execute-api.eu-central-1.amazonaws.com/api/v1`);
  });
  await report.check(`${under}: the zip that Lambda provides starts on Node 24`, async () => {
    const running = await apiGateway.function(functionName);
    assert.match(running.version, /^v24\./);
    return `${running.version}, SHA-256 of the zip ${running.codeSha256}`;
  });
  for (const [description, [refusedCaller, status, code]] of Object.entries(refusedCallers)) {
    await report.check(`${under}: a caller ${description} gets ${status} ${code}, and nothing is sent`, async () => {
      bedrock.clearRequests();
      const error = await failure(openai(baseUrl, apiGateway.port, refusedCaller));
      assert.deepEqual([error.status, error.code], [status, code]);
      assert.deepEqual(bedrock.getRequests(), []);
    });
  }
  await report.check(`${under}: chat.completions.create is answered in the Region`, async () => {
    bedrock.clearRequests();
    const { data, response } = await client.chat.completions
      .create({ model: 'assistant', messages: MESSAGES })
      .withResponse();
    assert.equal(data.choices[0]?.message.content, ANSWER);
    assert.equal(response.headers.get('x-residency-region'), 'eu-central-1');
    assert.equal(response.headers.get('x-residency-destination'), PROFILE);
    assert.deepEqual(requestedPaths(bedrock), [`/model/${PROFILE}/converse`]);
  });
  await report.check(`${under}: a stream arrives piece by piece`, async () => {
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
    // The fake waits 100 ms between pieces; an answer that is buffered anywhere would arrive at once.
    assert.ok(pieces.length > 3 && spread > 200, `${pieces.length} pieces within ${spread.toFixed(0)} ms`);
    return `${pieces.length} pieces over ${spread.toFixed(0)} ms`;
  });
  await report.check(`${under}: responses.create is answered`, async () => {
    const answer = await client.responses.create({ model: 'assistant', input: QUESTION, store: false });
    assert.equal(answer.output_text, ANSWER);
  });
  await report.check(`${under}: models.list contains only the declared model`, async () => {
    const models = await client.models.list();
    assert.deepEqual(
      models.data.map(({ id }) => id),
      ['assistant'],
    );
  });
  await report.check(`${under}: an undeclared model is refused, and nothing is sent`, async () => {
    bedrock.clearRequests();
    assert.equal((await failure(client, `us.${PROFILE.slice(3)}`)).status, 404);
    assert.deepEqual(bedrock.getRequests(), []);
  });
  await report.check(`${under}: a path outside /v1 matches no method`, async () => {
    const response = await send(new URL('../admin', `${baseUrl}/`), {}, apiGateway.port, caller);
    const { error } = (await response.json()) as { error: { code: string } };
    assert.deepEqual([response.status, error.code], otherPath);
  });
}
