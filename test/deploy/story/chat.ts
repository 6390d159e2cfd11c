import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import type OpenAI from 'openai';
import { type Caller, openai, send } from '../front/client';
import { Front } from '../front/front';
import { ADMINISTRATION, type Context, PROJECTS, RIGHTS_ADMIN, WORKSPACE } from '../read-back/context';
import { roleAt, roleOf } from '../read-back/enforced';
import { administration } from './administration';
import { apiKeys } from './api-key';
import { conversation, SECRETS } from './conversation';
import { freshness } from './freshness';
import { memberTokens } from './members';
import { rights } from './rights';

/** What the story of a chat is told with. */
export interface ChatContext extends Context {
  readonly node: string;
  readonly python: string;
  /** Base URL of each API, by stack, as the stacks put them out. */
  readonly baseUrls: Readonly<Record<string, string>>;
}

/** An API, and who may call it. */
export interface Tenant {
  readonly under: string;
  readonly baseUrl: string;
  readonly functionName: string;
  readonly caller: Caller;
  /** Callers who are refused, and what they are told. */
  readonly strangers: Readonly<Record<string, readonly [caller: Caller, status: number, code: string]>>;
  /** What is answered to a path outside `/v1`. */
  readonly elsewhere: readonly [status: number, code: string];
}

export const QUESTION = 'Wie heißt die Hauptstadt, Kennwort Zitronenfalter?';
export const ANSWER = 'Die Hauptstadt heißt Berlin, Kennwort Admiral.';
export const PROFILE = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';
const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: QUESTION }];

/** The deployed bundles, called through their deployed APIs by OpenAI's own client; Bedrock is a fake on loopback. */
export async function chat(context: ChatContext): Promise<void> {
  const { report, aws } = context;
  const keys = await report.require('two API keys are made by the role that manages them, one of them is revoked', () =>
    apiKeys(context),
  );
  const tokens = await report.require('five people sign in at the user pool, with a code and PKCE', () =>
    memberTokens(context),
  );
  const workspace = tenant(context, WORKSPACE, { apiKey: tokens.member }, [404, 'unknown_url'], {
    'without a token': [{}, 401, 'invalid_api_key'],
    'with a signature': [{ secret: 'test' }, 401, 'invalid_api_key'],
    'with a token that somebody else signed': [{ apiKey: tokens.forged }, 401, 'invalid_api_key'],
    "with a token for Cognito's own API": [{ apiKey: tokens.access }, 401, 'invalid_api_key'],
    'with a token of somebody who is in no group': [{ apiKey: tokens.stranger }, 403, 'role_refused'],
  });
  const projects = tenant(context, PROJECTS, { apiKey: keys.valid }, [404, 'unknown_url'], {
    'without a key': [{}, 401, 'invalid_api_key'],
    'with a signature': [{ secret: 'test' }, 401, 'invalid_api_key'],
    'with a key that nobody made': [{ apiKey: `${keys.valid.slice(0, -4)}AAAA` }, 401, 'invalid_api_key'],
    'with a revoked key': [{ apiKey: keys.revoked }, 401, 'invalid_api_key'],
  });
  const tenants = [workspace, projects];

  const bedrock = new LLMock({ port: 0, logLevel: 'silent', latency: 100, chunkSize: 8 });
  await bedrock.start();
  bedrock.onMessage(QUESTION, { content: ANSWER });
  const front = new Front(aws, {
    node: context.node,
    python: context.python,
    identity: (name) => {
      const found = tenants.find(({ functionName }) => functionName === name);
      if (found !== undefined) return roleOf(context, found.under);
      const isOfRights = name === context.deployed.one('AWS::Lambda::Function', RIGHTS_ADMIN).physicalId;
      return roleAt(context, isOfRights ? RIGHTS_ADMIN : ADMINISTRATION);
    },
    environment: {
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      AWS_ENDPOINT_URL_COGNITO_IDP: aws.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: aws.endpoint,
      AWS_ENDPOINT_URL_KMS: aws.endpoint,
      AWS_ENDPOINT_URL_LOGS: aws.endpoint,
      AWS_ENDPOINT_URL_S3: aws.endpoint,
      AWS_ENDPOINT_URL_STATES: aws.endpoint,
    },
  });
  await front.start();
  try {
    for (const each of tenants) await speakWith(context, each, front, bedrock);
    await conversation(context, workspace, tokens.colleague, front, bedrock);
    await administration(context, workspace, tokens, front);
    await rights(context, workspace, tokens, front);
    await freshness(context, projects, front, bedrock);
    // The second part of a token, and what comes after the id in a key, is nobody else's to know.
    const secrets = [
      ...SECRETS,
      ...[...Object.values(tokens), ...Object.values(keys)].map((one) => one.split('.')[1] ?? ''),
    ];
    for (const { under, functionName } of tenants) {
      await report.check(`${under}: the function's log holds no question, no answer, no token and no key`, async () => {
        const logged = await front.logged(functionName);
        assert.match(logged, /"event":"operations"/);
        for (const text of secrets) assert.ok(!logged.includes(text), `it holds ${text}`);
        return `${logged.trim().split('\n').length} lines`;
      });
    }
  } finally {
    await front.stop();
    await bedrock.stop();
  }
}

function tenant(
  { deployed, baseUrls }: ChatContext,
  under: string,
  caller: Caller,
  elsewhere: Tenant['elsewhere'],
  strangers: Tenant['strangers'],
): Tenant {
  const baseUrl = baseUrls[under.split('/')[0] ?? ''] ?? '';
  const functionName = deployed.one('AWS::Lambda::Function', `${under}/Gateway`).physicalId;
  return { under, baseUrl, functionName, caller, elsewhere, strangers };
}

async function speakWith(
  { report, deployed }: ChatContext,
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
    const { data, response } = await client.chat.completions.create({ model: 'assistant', messages }).withResponse();
    assert.equal(data.choices[0]?.message.content, ANSWER);
    assert.equal(response.headers.get('x-residency-region'), 'eu-central-1');
    assert.equal(response.headers.get('x-residency-destination'), PROFILE);
    assert.deepEqual(pathsOf(bedrock), [`/model/${PROFILE}/converse`]);
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
    assert.equal((await failure(client, `us.${PROFILE.slice(3)}`)).status, 404);
    assert.deepEqual(bedrock.getRequests(), []);
  });
  await report.check(`${under}: a path outside /v1 finds no method`, async () => {
    const response = await send(new URL('../admin', `${baseUrl}/`), {}, front.port, caller);
    const { error } = (await response.json()) as { error: { code: string } };
    assert.deepEqual([response.status, error.code], elsewhere);
  });
}

/** What a client is told that isn't answered. */
export function failure(client: OpenAI, model = 'assistant'): Promise<{ status: number; code: string }> {
  return client.chat.completions.create({ model, messages }).then(
    () => assert.fail('it was answered'),
    (error) => error,
  );
}

/** What the fake was asked for, by path. */
export const pathsOf = (bedrock: LLMock): string[] =>
  bedrock.getRequests().map((request) => decodeURIComponent(request.path));
