import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LocalAws, type ServiceName } from '../lib/local/aws/local-aws';
import type { LocalService } from '../lib/local/aws/shared/request-handler';
import { echoUpstream } from '../lib/local/echo/echo';
import { columns } from '../lib/report/columns';
import { createGateway } from '../lib/runtime/gateway/app';
import { admitPolicy } from '../lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '../lib/runtime/gateway/policy/policy';
import type { FetchHandler } from '../lib/runtime/http/handler/request-env';
import { storedContent } from '../lib/runtime/workspace/content';
import { BranchKeyring } from '../lib/runtime/workspace/keyring/branch-keyring';
import { keyStoreClient } from '../lib/runtime/workspace/keyring/key-store-client';
import type { Keyring } from '../lib/runtime/workspace/keyring/keyring';
import { median } from './statistics';

const LENGTHS = [10, 300, 3_000];
const TURNS = 40;
const WINDOW = { tokens: 40_000, bytes: 8_000_000 };
const TEXT = 'A question or an answer, about as long as such texts usually are in chats. '.repeat(8);

/**
 * Measures a stored turn in conversations of several lengths, in one run on the embedded store of `serve`: calls, encryptions and
 * time. It compares the turn with the same turn without storage, whose client sends the history itself.
 */
export async function workspaceBench(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-workspace-'));
  const steps = new Steps();
  const aws = new LocalAws({
    file: path.join(folder, 'content.sqlite'),
    region: 'eu-central-1',
    tables: [
      { name: 'content', partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
      { name: 'keys', partitionKey: 'branch-key-id', sortKey: 'type' },
    ],
    buckets: ['files'],
    wrap: (service, name) => steps.ofService(service, name),
  });
  try {
    const gateway = gatewayOver(aws, steps);
    const rows = [
      [
        'earlier turns',
        'gets',
        'queries',
        'transactions',
        'KMS calls',
        'encryptions',
        'decryptions',
        'stored ms',
        'not stored ms',
        'ratio',
      ],
    ];
    const shares: string[][] = [['earlier turns', 'reads', 'decryption', 'encryption', 'writes', 'rest']];
    for (const length of LENGTHS) {
      const measured = await measure(gateway, steps, length);
      rows.push([`${length}`, ...measured.calls, ...measured.times]);
      shares.push([`${length}`, ...measured.shares]);
    }
    console.log(columns(rows).join('\n'));
    console.log(`\nshares of a stored turn's time, medians of ${TURNS} turns:`);
    console.log(columns(shares).join('\n'));
  } finally {
    aws.close();
    rmSync(folder, { recursive: true });
  }
}

async function measure(gateway: FetchHandler, steps: Steps, length: number) {
  const conversation = await conversationOf(gateway, length);
  const request = { model: 'assistant', input: TEXT, truncation: 'auto' };
  const sent: unknown[] = [];
  steps.sent = (messages) => sent.splice(0, sent.length, ...messages);
  await post(gateway, 'responses', { ...request, conversation });
  const history = asItems(sent);
  const stored: number[] = [];
  const unstored: number[] = [];
  const parts: Record<Step, number[]> = { read: [], decrypt: [], encrypt: [], write: [] };
  steps.clear();
  const calls = new Map<string, number>();
  // Alternating, so that other work on the machine affects both.
  for (let n = 0; n < TURNS; n++) {
    steps.clear();
    stored.push(await timed(() => post(gateway, 'responses', { ...request, conversation })));
    for (const [call, count] of steps.calls) calls.set(call, (calls.get(call) ?? 0) + count);
    for (const step of STEPS) parts[step].push(steps.ms[step]);
    unstored.push(await timed(() => post(gateway, 'responses', { ...request, input: history, store: false })));
  }
  const each = (call: string) => ((calls.get(call) ?? 0) / TURNS).toFixed(1);
  const total = median(stored);
  const known = STEPS.map((step) => median(parts[step]));
  const rest = total - known.reduce((sum, ms) => sum + ms, 0);
  return {
    calls: ['dynamodb.GetItem', 'dynamodb.Query', 'dynamodb.TransactWriteItems', 'kms', 'encrypt', 'decrypt'].map(each),
    times: [total.toFixed(1), median(unstored).toFixed(1), (total / median(unstored)).toFixed(2)],
    shares: [...known, rest].map((ms) => `${Math.round((ms / total) * 100)} %`),
  };
}

const STEPS = ['read', 'decrypt', 'encrypt', 'write'] as const;
type Step = (typeof STEPS)[number];

/** Counts the calls of a turn to stores and keys, and their time. The time of concurrent calls counts once. */
class Steps {
  public readonly calls = new Map<string, number>();
  public ms: Record<Step, number> = { read: 0, decrypt: 0, encrypt: 0, write: 0 };
  public sent: (messages: readonly unknown[]) => void = () => {};
  private readonly running = new Map<Step, { count: number; since: number }>();

  public clear(): void {
    this.calls.clear();
    this.ms = { read: 0, decrypt: 0, encrypt: 0, write: 0 };
  }

  public ofService(service: LocalService, name: ServiceName): LocalService {
    return {
      answer: (request) => {
        const operation = (request.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
        this.count(name === 'dynamodb' ? `${name}.${operation}` : name);
        if (name !== 'dynamodb') return service.answer(request);
        return this.during(/Write|Put|Update|Delete/.test(operation) ? 'write' : 'read', () => service.answer(request));
      },
    };
  }

  public ofKeyring(keyring: Keyring): Keyring {
    return {
      ensureKey: (user) => keyring.ensureKey(user),
      encrypt: (user, bytes) => {
        this.count('encrypt');
        return this.during('encrypt', () => keyring.encrypt(user, bytes));
      },
      decrypt: (user, bytes) => {
        this.count('decrypt');
        return this.during('decrypt', () => keyring.decrypt(user, bytes));
      },
    };
  }

  private count(call: string): void {
    this.calls.set(call, (this.calls.get(call) ?? 0) + 1);
  }

  private async during<T>(step: Step, work: () => Promise<T>): Promise<T> {
    const running = this.running.get(step) ?? { count: 0, since: 0 };
    this.running.set(step, running);
    if (running.count++ === 0) running.since = performance.now();
    try {
      return await work();
    } finally {
      if (--running.count === 0) this.ms[step] += performance.now() - running.since;
    }
  }
}

function gatewayOver(aws: LocalAws, steps: Steps): FetchHandler {
  const keyring = new BranchKeyring({
    workspace: 'sciences',
    table: { client: keyStoreClient(aws.dynamodb()), name: 'keys' },
    key: { client: aws.kms(), arn: aws.keyArn('sciences') },
    // A key that is fetched again during the run would count towards an arbitrary turn.
    cacheMs: 3_600_000,
  });
  const policy = {
    boundary: 'eu',
    keepsContent: true,
    tenant: { kind: 'workspace', ids: ['sciences'] },
    models: [
      {
        id: 'assistant',
        destinations: [{ region: 'eu-central-1', id: 'eu.anthropic.claude-sonnet-4-6' }],
      },
    ],
  };
  return createGateway({
    policy: admitPolicy(parsePolicy(JSON.stringify(policy))),
    upstream: {
      ...echoUpstream,
      converse: (destination, request, signal) => {
        steps.sent(request.messages ?? []);
        return echoUpstream.converse(destination, request, signal);
      },
    },
    content: storedContent({
      table: { client: aws.dynamodb(), name: 'content' },
      bucket: { client: aws.s3(), name: 'files' },
      keyring: steps.ofKeyring(keyring),
      window: WINDOW,
    }),
    middleware: [
      async (c, next) => {
        c.set('member', { id: 'ada', role: 'member' });
        await next();
      },
    ],
    record: () => {},
  });
}

async function conversationOf(gateway: FetchHandler, turns: number): Promise<string> {
  const { id } = await post(gateway, 'conversations', {});
  const turn = [
    { role: 'user', content: TEXT },
    { role: 'assistant', content: TEXT },
  ];
  for (let left = turns; left > 0; left -= 10) {
    const items = Array.from({ length: Math.min(left, 10) }, () => turn).flat();
    await post(gateway, `conversations/${id}/items`, { items });
  }
  return id;
}

/** The messages to the model, as a client would send them; the last one is the question. */
function asItems(messages: readonly unknown[]): object[] {
  return (messages as { role: string; content: { text: string }[] }[]).flatMap(({ role, content }) =>
    content.map(({ text }) => ({ role, content: text })),
  );
}

async function post(gateway: FetchHandler, to: string, body: object): Promise<{ id: string }> {
  const headers = { 'content-type': 'application/json' };
  const response = await gateway.fetch(
    new Request(`https://gateway.test/v1/${to}`, { method: 'POST', headers, body: JSON.stringify(body) }),
  );
  const answer = (await response.json()) as { id: string };
  if (response.status !== 200) throw new Error(JSON.stringify(answer));
  return answer;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
