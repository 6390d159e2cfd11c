import assert from 'node:assert/strict';
import { PutAccountDataRetentionCommand } from '@aws-sdk/client-bedrock';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { LLMock } from '@copilotkit/aimock';
import { openai } from '../front/client';
import type { Front } from '../front/front';
import { Aws } from '../machine/aws';
import { type Context, FOUNDATION } from '../read-back/context';
import { ANSWER, failure, MESSAGES, pathsOf } from './asked';
import type { Tenant } from './tenants';

const ALONE = 'openai.gpt-oss-120b-1:0';

/** Somebody has Bedrock keep requests in a Region: the hourly check finds it, and projects aren't served from there. */
export async function freshness(
  { report, aws, deployed }: Context,
  { under, baseUrl, functionName, caller }: Tenant,
  front: Front,
  bedrock: LLMock,
): Promise<void> {
  const client = openai(baseUrl, front.port, caller);
  const ask = () => client.chat.completions.create({ model: 'assistant', messages: MESSAGES });
  const set = async (region: string, mode: 'default' | 'none') => {
    const there = new Aws(aws.endpoint, region).bedrock;
    await there.send(new PutAccountDataRetentionCommand({ mode }));
    const FunctionName = deployed.one('AWS::Lambda::Function', `${FOUNDATION}/DestinationCheck`).physicalId;
    // As the schedule invokes it.
    const { FunctionError, Payload } = await aws.lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify({ source: 'aws.events' }) }),
    );
    assert.equal(FunctionError, undefined, Buffer.from(Payload ?? []).toString());
    bedrock.clearRequests();
    await front.forget(functionName);
  };
  await report.check(
    `${under}: Stockholm keeps requests: served by the model that Frankfurt serves alone`,
    async () => {
      await set('eu-north-1', 'default');
      assert.equal((await ask()).choices[0]?.message.content, ANSWER);
      assert.deepEqual(pathsOf(bedrock), [`/model/${ALONE}/converse`]);
    },
  );
  await report.check(`${under}: Frankfurt keeps requests too: refused, and nothing is sent`, async () => {
    await set('eu-central-1', 'default');
    const { status, code } = await failure(client);
    assert.equal(status, 503);
    assert.deepEqual(bedrock.getRequests(), []);
    return code;
  });
  await report.check(`${under}: both keep nothing again: served as before`, async () => {
    await set('eu-north-1', 'none');
    await set('eu-central-1', 'none');
    assert.equal((await ask()).choices[0]?.message.content, ANSWER);
  });
}
