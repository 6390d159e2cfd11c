import assert from 'node:assert/strict';
import { PutAccountDataRetentionCommand } from '@aws-sdk/client-bedrock';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { LLMock } from '@copilotkit/aimock';
import type { ApiGateway } from '../api-gateway/api-gateway';
import { openai } from '../api-gateway/client';
import { Aws } from '../harness/aws';
import { type Context, FOUNDATION } from '../read-back/context';
import { ANSWER, failure, MESSAGES, requestedPaths } from './requests';
import type { Tenant } from './tenants';

const SINGLE_REGION_MODEL = 'openai.gpt-oss-120b-1:0';

/** Bedrock is set to retain requests in a Region: the hourly check finds it, and projects aren't served from that Region. */
export async function freshness(
  { report, aws, deployed }: Context,
  { under, baseUrl, functionName, caller }: Tenant,
  apiGateway: ApiGateway,
  bedrock: LLMock,
): Promise<void> {
  const client = openai(baseUrl, apiGateway.port, caller);
  const request = () => client.chat.completions.create({ model: 'assistant', messages: MESSAGES });
  const set = async (region: string, mode: 'default' | 'none') => {
    const { bedrock: settings } = new Aws(aws.endpoint, region);
    await settings.send(new PutAccountDataRetentionCommand({ mode }));
    const FunctionName = deployed.one('AWS::Lambda::Function', `${FOUNDATION}/DestinationCheck`).physicalId;
    // The event of the schedule.
    const { FunctionError, Payload } = await aws.lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify({ source: 'aws.events' }) }),
    );
    assert.equal(FunctionError, undefined, Buffer.from(Payload ?? []).toString());
    bedrock.clearRequests();
    await apiGateway.restart(functionName);
  };
  await report.check(
    `${under}: requests go to the model that only Frankfurt serves, while Stockholm retains requests`,
    async () => {
      await set('eu-north-1', 'default');
      assert.equal((await request()).choices[0]?.message.content, ANSWER);
      assert.deepEqual(requestedPaths(bedrock), [`/model/${SINGLE_REGION_MODEL}/converse`]);
    },
  );
  await report.check(
    `${under}: requests are refused and nothing is sent, while Frankfurt retains requests too`,
    async () => {
      await set('eu-central-1', 'default');
      const { status, code } = await failure(client);
      assert.equal(status, 503);
      assert.deepEqual(bedrock.getRequests(), []);
      return code;
    },
  );
  await report.check(`${under}: requests are served as before, once both Regions retain nothing again`, async () => {
    await set('eu-north-1', 'none');
    await set('eu-central-1', 'none');
    assert.equal((await request()).choices[0]?.message.content, ANSWER);
  });
}
