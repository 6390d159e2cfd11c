import assert from 'node:assert/strict';
import { openai } from '../../api-gateway/client';
import { SERVER } from '../../harness/sovereign-config';
import type { Context } from '../../read-back/context';
import { administration } from '../administration';
import { withoutContent } from '../chat';
import { conversation } from '../conversation';
import type { DeployedApis } from '../deployed-apis';
import { ANSWER, failure, MESSAGES, requestedPaths } from '../requests';
import { rights } from '../rights';
import { type BaseUrls, projectsOf, type Tenant, workspaceOf } from '../tenants';
import type { OwnNetwork } from './network';

/** Requests of a workspace and a project to the server in the deployment's network; then content, members and rights. */
export async function sovereignRequests(
  context: Context,
  apis: DeployedApis,
  baseUrls: BaseUrls,
  network: OwnNetwork,
): Promise<void> {
  const { report } = context;
  const { apiGateway, bedrock, tokens } = apis;
  const workspace = workspaceOf(context, apis, baseUrls);
  for (const tenant of [workspace, projectsOf(context, apis, baseUrls)]) await answered(context, apis, tenant);
  await conversation(context, workspace, tokens.colleague, apiGateway, bedrock);
  await administration(context, workspace, tokens, apiGateway);
  await rights(context, workspace, tokens, apiGateway);
  await withoutContent(context, apis);
  await report.check("the gateways have dialled the emulator and the model's server, and nothing else", () => {
    assert.deepEqual(network.dialled, [network.emulator, network.server].sort());
    return network.dialled.join(', ');
  });
}

async function answered(
  { report, aws, deployed }: Context,
  { apiGateway, bedrock }: DeployedApis,
  { under, baseUrl, caller, refusedCallers }: Tenant,
): Promise<void> {
  const client = openai(baseUrl, apiGateway.port, caller);
  await report.check(`${under}: the base URL is the Regional host name of the API`, () => {
    const api = deployed.one('AWS::ApiGateway::RestApi', under).physicalId;
    assert.equal(baseUrl, `https://${api}.execute-api.${aws.region}.amazonaws.eu/api/v1`);
  });
  for (const [description, [refusedCaller, status, code]] of Object.entries(refusedCallers)) {
    await report.check(`${under}: a caller ${description} gets ${status} ${code}, and nothing is sent`, async () => {
      bedrock.clearRequests();
      const error = await failure(openai(baseUrl, apiGateway.port, refusedCaller));
      assert.deepEqual([error.status, error.code], [status, code]);
      assert.deepEqual(bedrock.getRequests(), []);
    });
  }
  await report.check(`${under}: the server answers, and no service of AWS gets the question`, async () => {
    bedrock.clearRequests();
    const { data, response } = await client.chat.completions
      .create({ model: 'assistant', messages: MESSAGES })
      .withResponse();
    assert.equal(data.choices[0]?.message.content, ANSWER);
    assert.deepEqual(requestedPaths(bedrock), ['/v1/chat/completions']);
    assert.deepEqual(
      bedrock.getRequests().map(({ body }) => (body as { model: string }).model),
      [SERVER.model],
    );
    return `x-residency-destination: ${response.headers.get('x-residency-destination')}`;
  });
  await report.check(`${under}: a stream of the server arrives whole`, async () => {
    const stream = await client.chat.completions.create({ model: 'assistant', messages: MESSAGES, stream: true });
    const pieces: string[] = [];
    for await (const chunk of stream) pieces.push(chunk.choices[0]?.delta.content ?? '');
    assert.equal(pieces.join(''), ANSWER);
    assert.ok(pieces.length > 3, `${pieces.length} pieces`);
    return `${pieces.length} pieces`;
  });
}
