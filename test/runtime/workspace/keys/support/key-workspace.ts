import { randomUUID } from 'node:crypto';
import { namesOfGroups } from '@/lib/contract/courses';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { echoUpstream } from '@/lib/local/echo/echo';
import { createGateway } from '@/lib/runtime/gateway/app';
import type { Upstream } from '@/lib/runtime/gateway/context/request-context';
import { Limits } from '@/lib/runtime/gateway/limits/limits';
import { Prices } from '@/lib/runtime/gateway/limits/priced';
import { limitsOfWorkspace } from '@/lib/runtime/gateway/limits/rate-limited';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import type { Worker } from '@/lib/runtime/workspace/background/worker';
import { storedContent } from '@/lib/runtime/workspace/content';
import { CachedSuspensions } from '@/lib/runtime/workspace/identity/cached-suspensions';
import { type MemberDirectory, requireDirectoryEntry } from '@/lib/runtime/workspace/identity/member-directory';
import type { Suspension } from '@/lib/runtime/workspace/identity/suspension';
import type { Bearer } from '@/lib/runtime/workspace/identity/verify-token';
import { jobWorker, limitsOfJobs } from '@/lib/runtime/workspace/job-worker';
import { withKeyTree } from '@/lib/runtime/workspace/keys/key-tree';
import type { SignIns } from '@/lib/runtime/workspace/keys/sign-ins';
import { memberKeyParts } from '@/lib/runtime/workspace/member-key-parts';
import { MemoryCounters } from '@/test/runtime/gateway/support/memory-store';
import { WORKSPACE } from '@/test/runtime/gateway/support/policies';
import { LocalContent } from '../../conversations/support/local-content';

export const DAY = 86_400_000;

/** A refusal, or the content of an answer. */
// biome-ignore lint/suspicious/noExplicitAny: what a program reads of JSON
export type Answer = { readonly status: number; readonly headers: Headers; readonly json: any };

/** What a workspace declares of budgets and courses. */
export type Budgets = Pick<GatewayPolicy, 'courses' | 'groups' | 'limits' | 'monitoring' | 'prices'>;

/** One process of a workspace with members' keys, on local stores that others can share. */
export class KeyProcess {
  public readonly lines: string[] = [];
  public readonly signIns: SignIns;
  /** Its worker, whose requests a model answers as given. */
  public readonly worker: (upstream?: Upstream) => Worker;
  /** The groups that a member's tokens name. */
  public readonly groupsOf = (member: string): readonly string[] => this.tokenGroups.get(member) ?? [];
  private readonly tokenGroups = new Map<string, readonly string[]>();
  private readonly api: FetchHandler;
  private readonly limits: Limits;
  private readonly jobLimits: Limits;

  constructor(
    private readonly local: LocalContent,
    suspensionOf: (member: string) => Suspension,
    signInWithinDays = 30,
    directory?: MemberDirectory,
    { limits, prices, ...budgets }: Budgets = {},
    counters = new MemoryCounters(),
  ) {
    const { groups, courses } = budgets;
    this.limits = new Limits(counters, limitsOfWorkspace('sciences', limits, budgets), new Prices(prices));
    this.jobLimits = new Limits(counters, limitsOfJobs('sciences', limits, budgets), new Prices(prices));
    const budgetGroups = directory ? undefined : namesOfGroups(groups, courses);
    const now = () => new Date(local.time);
    const policy = admitPolicy(parsePolicy(JSON.stringify(WORKSPACE)), now);
    const { table, bucket } = local.stores();
    const suspensions = new CachedSuspensions({ of: async (member) => suspensionOf(member) }, () => local.time);
    const { keyring } = local;
    const stores = { table, bucket, keyring };
    const keys = memberKeyParts(
      policy,
      'deployment',
      stores,
      { signInWithinDays, suspensions, directory, courses, budgetGroups, prices },
      now,
    );
    this.signIns = keys.signIns;
    const parts = {
      policy,
      upstream: echoUpstream,
      content: storedContent({
        ...stores,
        now,
        budgetGroups,
        memberKeys: keys.options,
        background: { queue: local.queue(), jobsPerMember: 4 },
      }),
      now,
      record: (...records: readonly unknown[]) => void this.lines.push(JSON.stringify(records)),
      usage: this.limits.usage,
      resilience: { retryDelayMs: 1 },
    };
    this.worker = (upstream = echoUpstream) =>
      jobWorker({
        ...parts,
        upstream,
        queue: local.queue(),
        suspensions,
        directory,
        stillValid: keys.stillValid,
        counting: [this.jobLimits.middleware],
        log: () => {},
        renewMs: 200,
      });
    const tokens = createGateway({
      ...parts,
      middleware: [
        async (c, next) => {
          const [, id = '', at = ''] = /^Bearer token-(\w+)-(\d+)$/.exec(c.req.header('authorization') ?? '') ?? [];
          const signIn = { signedInAt: Number(at), issuedAt: Math.floor(local.time / 1_000) };
          const entry = directory && (await requireDirectoryEntry(directory, id, `ext-${id}`));
          const groups = entry ? entry.groups : this.groupsOf(id);
          c.set('member', { id, role: 'member', groups, signIn });
          await next();
        },
        this.limits.middleware,
      ],
    });
    const middleware = [keys.middleware, this.limits.middleware];
    this.api = withKeyTree(tokens, () => createGateway({ ...parts, middleware }));
  }

  /** Sends a request. A member's ID stands for a token of theirs; a text with a dot is a key. */
  public async send(
    credential: string,
    path: string,
    {
      method = 'GET',
      body,
      signedInAt = this.local.time,
    }: { method?: string; body?: object; signedInAt?: number } = {},
  ): Promise<Answer> {
    const token = credential.includes('.') ? credential : `token-${credential}-${Math.floor(signedInAt / 1_000)}`;
    const request = new Request(`https://gateway.test${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const response = await this.api.fetch(request);
    const text = await response.text();
    await this.settled();
    return { status: response.status, headers: response.headers, json: text === '' ? undefined : JSON.parse(text) };
  }

  /** Resolves once everything is counted. */
  public async settled(): Promise<void> {
    await Promise.all([this.limits.settled(), this.jobLimits.settled()]);
  }

  /** Lets the tokens of a member name groups, from the next one on. */
  public namesGroups(member: string, ...groups: readonly string[]): void {
    this.tokenGroups.set(member, groups);
  }

  /** Creates a key of a member. */
  public async create(member: string, body: object = {}, signedInAt?: number) {
    const { status, json } = await this.send(member, '/v1/keys', {
      method: 'POST',
      body: { name: 'notebook', ...body },
      signedInAt,
    });
    if (status !== 200) throw new Error(`no key was created: ${status} ${json.error.code}`);
    return json as {
      readonly id: string;
      readonly key: string;
      readonly stops_at: number;
      readonly expires_at: number;
    };
  }

  /** The status of a chat with a key, with the code of a refusal. */
  public async chat(key: string, model = 'assistant'): Promise<string> {
    const messages = [{ role: 'user', content: 'hi' }];
    return resultOf(await this.send(key, '/key/v1/chat/completions', { method: 'POST', body: { model, messages } }));
  }

  /** What the middleware of tokens tells of a token. */
  public async seen(bearer: Partial<Bearer> & { readonly id: string }): Promise<void> {
    const at = Math.floor(this.local.time / 1_000);
    const groups = [...this.groupsOf(bearer.id)];
    this.signIns.record({ roles: ['member'], groups, signedInAt: at, issuedAt: at, ...bearer });
    await this.signIns.settled();
  }
}

export const resultOf = ({ status, json }: Answer): string =>
  json?.error?.code === undefined ? `${status}` : `${status} ${json.error.code}`;

/** A workspace with members' keys, whose processes share their stores. */
export class KeyWorkspace {
  public readonly local = new LocalContent();
  public readonly suspensions = new Map<string, Suspension>();
  /** What processes with budgets count. */
  public readonly counters = new MemoryCounters();

  public process(signInWithinDays?: number, directory?: MemberDirectory, budgets?: Budgets): KeyProcess {
    const of = (member: string) => this.suspensions.get(member) ?? { disabled: false };
    return new KeyProcess(this.local, of, signInWithinDays, directory, budgets, budgets && this.counters);
  }

  /** A key of the right form that was never made. */
  public strangeKey(member: string): string {
    return `eurm_${member}.key_${'A'.repeat(16)}.${Buffer.from(randomUUID() + randomUUID())
      .toString('base64url')
      .slice(0, 43)}`;
  }
}
