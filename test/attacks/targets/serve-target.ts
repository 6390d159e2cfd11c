import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { MemberLimits } from '@/lib/contract/policies/gateway-policy';
import { type LocalRequest, LocalRequestHandler, type LocalResponse } from '@/lib/local/aws/shared/request-handler';
import { dynamodbClient } from '@/lib/runtime/aws/dynamodb-client';
import { s3Client } from '@/lib/runtime/aws/s3-client';
import { bundledProcess } from '@/test/support/bundled-process';
import { signedHeaders } from '@/test/support/signed-headers';
import { Forge } from '../../runtime/workspace/identity/support/forge';
import type { ScimTokens, Seen, Sent, Target } from '../target';
import { Child } from './child';
import { bytesOf, headersOf, isToCampus, isToProjects } from './senders';
import type { ServeQuestion, ServeReady } from './serve-process';

const REGION = 'eu-central-1';
const NO_CREDENTIALS = { accessKeyId: 'LOCAL', secretAccessKey: 'local' };
const TIMEOUT_MS = 60_000;
/**
 * MiB of V8's heap. Without a limit, V8 takes its limit from the machine, and leaves hundreds of megabytes of garbage of thousands of
 * requests, so that their peak says nothing about any of them. A request that needs more ends the process.
 */
const HEAP = 160;

/** `serve` in a process of its own. */
export class ServeTarget implements Target {
  public readonly name = 'serve';
  public readonly tables = { content: 'sciences-content', keys: 'sciences-keys' };
  public readonly bucket = 'sciences-files';
  public readonly stores: Target['stores'];
  public peak = 0;
  private offset = 0;

  private constructor(
    private readonly child: Child,
    private readonly ready: ServeReady,
    public readonly forge: Forge,
    /** The folder in which everything is stored. */
    public readonly data: string,
  ) {
    this.stores = {
      dynamodb: dynamodbClient(REGION, 'https://store.invalid', NO_CREDENTIALS, this.storeOf('dynamodb')),
      s3: s3Client(REGION, 'https://127.0.0.1', NO_CREDENTIALS, this.storeOf('s3')),
    };
  }

  public get scimTokens(): ScimTokens {
    return this.ready.scimTokens;
  }

  public get projectKeys(): Readonly<Record<string, string>> {
    return this.ready.keys;
  }

  public static async start(limits: MemberLimits): Promise<ServeTarget> {
    const data = mkdtempSync(path.join(tmpdir(), 'attacks-serve-'));
    const file = bundledProcess(path.join(__dirname, 'serve-process.ts'));
    const { child, ready } = await Child.start<ServeReady>(file, [data, JSON.stringify(limits)], {
      PATH: process.env.PATH,
      NODE_NO_WARNINGS: '1',
      NODE_OPTIONS: `--max-old-space-size=${HEAP}`,
    });
    const jwk = JSON.parse(ready.issuerKey);
    const policy = {
      issuer: 'https://serve.invalid',
      clientId: 'sciences',
      groupsClaim: 'cognito:groups' as const,
      groups: { member: ['member'], admin: ['admin'], auditor: ['auditor'] },
    };
    return new ServeTarget(
      child,
      ready,
      new Forge(createPrivateKey({ key: jwk, format: 'jwk' }), jwk.kid, policy),
      data,
    );
  }

  public async send(sent: Sent): Promise<Seen> {
    await this.ask({ ask: 'begin' });
    const { status, headers, body } = await this.sent(sent).catch((error) => ({
      status: 0,
      headers: '',
      body: `${error}`,
    }));
    const used = await this.ask<Omit<Seen, 'status' | 'headers' | 'body'>>({ ask: 'end' });
    this.peak = Math.max(this.peak, used.bytes);
    return { status, headers, body, ...used };
  }

  /** `serve` runs the steps of a job itself, right after a request, and those that waited at an interval. */
  public async settle(): Promise<void> {
    // A changed expiry waits for running requests, for longer than any attack.
    const isBusy = async () => {
      const { body } = await this.send({ as: 'admin', path: '/admin/v1/rights/jobs' });
      return /"state":"(?:preparing|erasing|releasing)"/.test(body);
    };
    await this.ask({ ask: 'resume' });
    const end = performance.now() + TIMEOUT_MS;
    while ((await isBusy()) || (await this.isQueued())) {
      if (performance.now() > end) throw new Error(`serve: a job is still running after ${TIMEOUT_MS} ms`);
      await wait(20);
    }
    const { found } = await this.ask<{ readonly found: readonly string[] }>({ ask: 'disclosed' });
    if (found.length > 0) throw new Error(`serve: ${found.join('; ')}`);
  }

  /** Whether a background response or a batch waits or runs. */
  private async isQueued(): Promise<boolean> {
    const { Items = [] } = await this.stores.dynamodb.send(new ScanCommand({ TableName: 'sciences-jobs' }));
    return Items.length > 0;
  }

  /** No command makes keys here, so the answer has it. */
  public async openProjectKey(_: string, created: string): Promise<string> {
    return `${JSON.parse(created).development_key}`;
  }

  public async addPerson(): Promise<void> {}

  public async advance(ms: number): Promise<void> {
    this.offset += ms;
    await this.ask({ ask: 'clock', ms: this.offset });
  }

  public async stop(): Promise<void> {
    await this.child.stop();
    rmSync(this.data, { recursive: true, force: true });
  }

  private ask<Answer>(question: ServeQuestion): Promise<Answer> {
    return this.child.ask<Answer>(question);
  }

  private storeOf(store: 'dynamodb' | 's3'): LocalRequestHandler {
    const answer = async (request: LocalRequest): Promise<LocalResponse> => {
      const { body, ...response } = await this.ask<LocalResponse>({ ask: 'store', store, request });
      // The client of S3 reads bodies as streams.
      return { ...response, body: store === 's3' ? Readable.from([body]) : body };
    };
    return new LocalRequestHandler({ answer });
  }

  /** The headers by which an operator's request is signed. */
  private signatureOf(sent: Sent, prefix: string): Readonly<Record<string, string>> {
    const {
      by,
      at = Date.now() + this.offset,
      body = bytesOf(sent) ?? '',
      path: target = sent.path,
    } = sent.signed ?? {};
    if (by === 'no one') return {};
    const url = new URL(`http://127.0.0.1:${this.ready.port}${prefix}${target}`);
    const { accessKeyId, secretAccessKey } = this.ready.operator;
    return signedHeaders(
      { method: sent.method ?? 'GET', url, body, at: new Date(at) },
      { accessKeyId, secretAccessKey: by === 'stranger' ? 'another secret' : secretAccessKey },
    );
  }

  private sent(sent: Sent): Promise<{ status: number; headers: string; body: string }> {
    const { port, paths } = this.ready;
    const content = bytesOf(sent);
    const lines = new Map<string, string[]>();
    for (const [name, value] of headersOf(sent, {
      forge: this.forge,
      keys: this.projectKeys,
      scim: this.scimTokens,
      now: Date.now() + this.offset,
    })) {
      lines.set(name.toLowerCase(), [...(lines.get(name.toLowerCase()) ?? []), value]);
    }
    const prefix = isToProjects(sent) ? paths.projects : isToCampus(sent) ? paths.campus : paths.sciences;
    const options = {
      port,
      hostname: '127.0.0.1',
      method: sent.method ?? 'GET',
      path: prefix + sent.path,
      headers: {
        ...Object.fromEntries(lines),
        ...(sent.as === 'operator' && sent.by === undefined && this.signatureOf(sent, prefix)),
        ...(content !== undefined && { 'content-length': Buffer.byteLength(content) }),
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    };
    return new Promise((resolve, reject) => {
      const asked = request(options, async (answer) => {
        const chunks: Buffer[] = [];
        try {
          for await (const chunk of answer) chunks.push(chunk);
        } catch {
          // A stream that breaks off shows what it has sent.
        }
        const body = Buffer.concat(chunks).toString('latin1');
        resolve({ status: answer.statusCode ?? 0, headers: JSON.stringify(answer.rawHeaders), body });
      });
      asked.on('error', reject);
      asked.end(content);
    });
  }
}
