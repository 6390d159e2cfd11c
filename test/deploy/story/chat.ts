import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import type OpenAI from 'openai';
import { DynamoDbKeyStore } from '../../../lib/runtime/gateway/keys/dynamodb-key-store';
import { newKey } from '../../../lib/runtime/gateway/keys/new-key';
import { type Caller, openai, send } from '../front/client';
import { Front } from '../front/front';
import { Aws } from '../machine/aws';
import type { Deployed } from '../machine/deployed';
import type { Report } from '../machine/report';
import { PROJECTS, WORKSPACE } from '../read-back/context';
import { assumed, roleOf } from '../read-back/enforced';

/** What the story of a chat is told with. */
export interface ChatContext {
  readonly report: Report;
  readonly aws: Aws;
  readonly deployed: Deployed;
  readonly node: string;
  readonly python: string;
  /** Base URL of each API, as the stacks put them out. */
  readonly baseUrls: Readonly<Record<string, string>>;
}

const QUESTION = 'Wie heißt die Hauptstadt, Kennwort Zitronenfalter?';
const ANSWER = 'Die Hauptstadt heißt Berlin, Kennwort Admiral.';
const PROFILE = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';
const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: QUESTION }];

/** The deployed bundles, called through their deployed APIs by OpenAI's own client; Bedrock is a fake on loopback. */
export async function chat(context: ChatContext): Promise<void> {
  const { report, aws, deployed } = context;
  const bedrock = new LLMock({ port: 0, logLevel: 'silent', latency: 100, chunkSize: 8 });
  await bedrock.start();
  bedrock.onMessage(QUESTION, { content: ANSWER });
  const environment = { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url, AWS_ENDPOINT_URL_DYNAMODB: aws.endpoint };
  const underOf = (name: string) =>
    [WORKSPACE, PROJECTS].find((under) => deployed.one('AWS::Lambda::Function', under).physicalId === name) ?? '';
  const identity = (name: string) => roleOf(context, underOf(name));
  const front = new Front(aws, { node: context.node, python: context.python, identity, environment });
  await front.start();
  try {
    const key = await makeKey(context);
    await speakWith(context, WORKSPACE, front, bedrock, { ...SIGNED, caller: 'signed' });
    await speakWith(context, PROJECTS, front, bedrock, { ...KEYED, caller: { key } });
    for (const under of [WORKSPACE, PROJECTS]) {
      await report.check(`${under}: the function's log holds neither question nor answer nor key`, async () => {
        const { logged } = await front.function(deployed.one('AWS::Lambda::Function', under).physicalId);
        assert.match(logged, /"event":"operations"/);
        for (const secret of ['Zitronenfalter', 'Admiral', key.split('.')[1] ?? ''])
          assert.ok(!logged.includes(secret), `it holds ${secret}`);
        return `${logged.trim().split('\n').length} lines`;
      });
    }
  } finally {
    await front.stop();
    await bedrock.stop();
  }
}

/** Who may call an API, and what others are told. */
interface Access {
  readonly caller: Caller;
  readonly others: readonly (readonly [name: string, caller: Caller, code: string])[];
  /** What API Gateway answers where it has no method. */
  readonly elsewhere: readonly [status: number, code: string];
}

const SIGNED: Omit<Access, 'caller'> = {
  others: [
    ['anonymous', 'anonymous', 'missing_authentication'],
    ['wrong secret', 'wrong secret', 'invalid_signature'],
  ],
  elsewhere: [401, 'missing_authentication'],
};
const KEYED: Omit<Access, 'caller'> = {
  others: [
    ['anonymous', 'anonymous', 'invalid_api_key'],
    ['signed', 'signed', 'invalid_api_key'],
    ['a wrong key', { key: `eur_${'A'.repeat(16)}.${'A'.repeat(43)}` }, 'invalid_api_key'],
  ],
  elsewhere: [404, 'unknown_url'],
};

/** A key of the sample's project, made by the role that may manage keys. */
async function makeKey(context: ChatContext): Promise<string> {
  const { aws, deployed, report } = context;
  const name = deployed.one('AWS::DynamoDB::GlobalTable', PROJECTS).physicalId;
  const { key, record } = newKey({ kind: 'deployment', project: 'helpdesk-bot', created: new Date() });
  await report.require(`${PROJECTS}: the role that manages keys makes one`, async () => {
    const { dynamodb: client } = new Aws(aws.endpoint, aws.region, await assumed(context, `${PROJECTS}/Keys/Manager`));
    await new DynamoDbKeyStore({ client, name }).add(record);
  });
  return key;
}

async function speakWith(
  context: ChatContext,
  under: string,
  front: Front,
  bedrock: LLMock,
  access: Access,
): Promise<void> {
  const { report, deployed } = context;
  const baseUrl = context.baseUrls[under.split('/')[0] ?? ''] ?? '';
  const client = openai(baseUrl, front.port, access.caller);

  await report.check(`${under}: the base URL is the Regional host name of the API`, () => {
    const api = deployed.one('AWS::ApiGateway::RestApi', under).physicalId;
    assert.equal(baseUrl, `https://${api}.execute-api.eu-central-1.amazonaws.com/api/v1`);
  });
  await report.check(`${under}: the zip that Lambda serves starts on Node 24`, async () => {
    const running = await front.function(deployed.one('AWS::Lambda::Function', under).physicalId);
    assert.match(running.version, /^v24\./);
    return `${running.version}, SHA-256 of the zip ${running.codeSha256}`;
  });
  for (const [name, caller, code] of access.others) {
    await report.check(`${under}: ${name} is answered 401 ${code}`, async () => {
      const error = await openai(baseUrl, front.port, caller)
        .chat.completions.create({ model: 'assistant', messages })
        .then(
          () => assert.fail('it was answered'),
          (failure) => failure,
        );
      assert.deepEqual([error.status, error.code], [401, code]);
    });
  }
  await report.check(`${under}: chat.completions.create`, async () => {
    bedrock.clearRequests();
    const { data, response } = await client.chat.completions.create({ model: 'assistant', messages }).withResponse();
    assert.equal(data.choices[0]?.message.content, ANSWER);
    assert.equal(response.headers.get('x-residency-region'), 'eu-central-1');
    assert.equal(response.headers.get('x-residency-destination'), PROFILE);
    const paths = bedrock.getRequests().map((request) => decodeURIComponent(request.path));
    assert.deepEqual(paths, [`/model/${PROFILE}/converse`]);
  });
  await report.check(`${under}: streaming, piece by piece`, async () => {
    const stream = await client.chat.completions.create({ model: 'assistant', messages, stream: true });
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
    const error = await client.chat.completions
      .create({ model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', messages })
      .then(
        () => assert.fail('it was answered'),
        (failure) => failure,
      );
    assert.equal(error.status, 404);
    assert.deepEqual(bedrock.getRequests(), []);
  });
  await report.check(`${under}: a path outside /v1 finds no method`, async () => {
    const response = await send(new URL('../admin', `${baseUrl}/`), {}, front.port, access.caller);
    const { error } = (await response.json()) as { error: { code: string } };
    assert.deepEqual([response.status, error.code], access.elsewhere);
  });
}
