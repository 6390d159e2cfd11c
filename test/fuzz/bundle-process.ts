import { execFile } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { BRANCH_KEY_TABLE, KEY_SETS_PARTITION } from '@/lib/contract/tables';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import { keyStoreClient } from '@/lib/runtime/workspace/keyring/key-store-client';
import { FakeBedrock } from '../runtime/gateway/support/fake-bedrock';
import { WORKSPACE } from '../runtime/gateway/support/policies';
import type { Server } from '../runtime/gateway/support/serve';
import { Forge, MEMBER } from '../runtime/workspace/identity/support/forge';
import { localEndpoint } from '../support/local-endpoint';
import type { Target } from './prepared';
import type { FuzzRequest, Outcome } from './served-process';

const ROOT = path.join(__dirname, '../..');
const RUN = path.join(ROOT, 'test/runtime/gateway/support/run-bundle.mjs');
const POOL = 'eu-central-1_AbCdEf123';
const issuer = `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`;
const groups = { member: ['chat-users'], admin: ['chat-admins'], auditor: ['chat-auditors'] };
const TOKENS = { issuer, clientId: '1example23456789', groupsClaim: 'custom:groups', groups } as const;
const POLICY = {
  ...WORKSPACE,
  models: WORKSPACE.models.map((model) => (model.id === 'embed' ? { ...model, id: 'vectors' } : model)),
  identity: { groupsClaim: TOKENS.groupsClaim, groups },
};

/** The heap that Node gives a function of 1,024 MB, as the workspace's is, in MiB. */
const HEAP = 900;
const TIMEOUT_MS = 120_000;

const table = (name: string) => `arn:aws:dynamodb:eu-central-1:111122223333:table/${name}`;

/** The built bundle of a workspace as Lambda runs it, each request in a fresh process, on local stores. */
export class BundleProcess implements Target {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'fuzz-bundle-'));
  private readonly key = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
  private readonly forge = new Forge(this.key, 'aaaa', TOKENS);
  private readonly bedrock = new FakeBedrock();
  private readonly aws = new LocalAws({
    file: path.join(this.folder, 'content.sqlite'),
    region: 'eu-central-1',
    tables: [
      { name: 'key-sets', partitionKey: 'pk', sortKey: 'sk' },
      { name: 'content', partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
      { name: 'keys', ...BRANCH_KEY_TABLE },
      { name: 'usage', partitionKey: 'pk', sortKey: 'sk' },
    ],
    buckets: ['files'],
  });

  private constructor() {}

  public static async start(): Promise<BundleProcess> {
    const made = new BundleProcess();
    const { aws, key, forge } = made;
    await made.bedrock.start();
    made.bedrock.frankfurt.onMessage(/[\s\S]*/, { content: 'x' });
    made.endpoint = await localEndpoint(aws);
    const jwk = { ...createPublicKey(key).export({ format: 'jwk' }), kid: forge.kid, alg: 'RS256', use: 'sig' };
    const keySet = { S: JSON.stringify({ issuer, keys: [jwk], readAt: new Date().toISOString() }) };
    const Item = { pk: { S: KEY_SETS_PARTITION }, sk: { S: issuer }, keySet };
    await aws.dynamodb().send(new PutItemCommand({ TableName: 'key-sets', Item }));
    const store = { client: keyStoreClient(aws.dynamodb()), name: 'keys' };
    const keys = { client: aws.kms(), arn: aws.keyArn('sciences') };
    // The handler may not write keys, and nothing here answers its requests.
    await new BranchKeyring({ workspace: 'sciences', table: store, key: keys }).ensureKey(MEMBER);
    writeFileSync(path.join(made.folder, 'policy.json'), JSON.stringify(POLICY));
    return made;
  }

  private endpoint?: Server;

  public async send(request: FuzzRequest): Promise<Outcome> {
    const events = path.join(this.folder, 'events.json');
    const answers = path.join(this.folder, 'answers.json');
    rmSync(answers, { force: true });
    writeFileSync(events, JSON.stringify([await this.eventOf(request)]));
    const env = {
      ...this.environment(),
      BUNDLE: path.join(ROOT, 'dist/bundles/workspace/index.mjs'),
      EVENTS: events,
      ANSWERS: answers,
      LAMBDA_TASK_ROOT: this.folder,
    };
    const options = { env, timeout: TIMEOUT_MS, maxBuffer: 1e9 };
    await new Promise<void>((done) =>
      execFile(process.execPath, [`--max-old-space-size=${HEAP}`, RUN], options, () => done()),
    );
    try {
      const [answer] = JSON.parse(readFileSync(answers, 'utf8'));
      const { statusCode: status = 0, body = '', used } = answer;
      return { ...used, status, answer: body.slice(0, 2_000), events: body.split('\n\n').length - 1 };
    } catch {
      // The process died before it could write an answer.
      return { status: 0, answer: '', events: 0, bytes: Number.POSITIVE_INFINITY, ms: Number.POSITIVE_INFINITY };
    }
  }

  public async stop(): Promise<void> {
    await this.endpoint?.close();
    await this.bedrock.stop();
    this.aws.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private environment(): Record<string, string> {
    return {
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL: this.endpoint?.url ?? '',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: this.bedrock.frankfurt.url,
      USER_POOL_ID: POOL,
      USER_POOL_CLIENT_ID: TOKENS.clientId,
      KEY_SETS_TABLE_ARN: table('key-sets'),
      SUSPENSIONS_TABLE_ARN: table('key-sets'),
      CONVERSATIONS_TABLE_ARN: table('content'),
      BRANCH_KEYS_TABLE_ARN: table('keys'),
      KEY_REQUESTS_TABLE_ARN: table('key-requests'),
      USAGE_TABLE_ARN: table('usage'),
      WORKSPACE_KEY_ARN: this.aws.keyArn('sciences'),
      FILES_BUCKET: 'files',
      RETENTION_DAYS: '365',
    };
  }

  /** A request as API Gateway passes it on. */
  private async eventOf({ method, path: target, body }: FuzzRequest) {
    const [resource = '', query = ''] = target.split('?');
    const sent = new Response(body);
    const type = typeof body === 'string' ? 'application/json' : sent.headers.get('content-type');
    const bytes = Buffer.from(await sent.arrayBuffer());
    const asked = [...new URLSearchParams(query)].map(([name, value]) => [name, [value]]);
    return {
      httpMethod: method,
      path: resource,
      headers: {},
      multiValueHeaders: {
        ...(type && { 'Content-Type': [type] }),
        Authorization: [`Bearer ${this.forge.token()}`],
      },
      multiValueQueryStringParameters: query === '' ? null : Object.fromEntries(asked),
      requestContext: {},
      isBase64Encoded: body instanceof FormData,
      body: body === undefined ? null : bytes.toString(body instanceof FormData ? 'base64' : 'utf8'),
    };
  }
}
