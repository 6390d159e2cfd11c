import { JOBS_PER_MEMBER } from '@/lib/contract/background';
import { echoUpstream } from '@/lib/local/echo/echo';
import { createGateway } from '@/lib/runtime/gateway/app';
import { limitsOfWorkspace } from '@/lib/runtime/gateway/limits/rate-limited';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import { memberAdmin } from '@/lib/runtime/members/admin';
import { NO_SESSION_CONTROL } from '@/lib/runtime/members/member-list';
import { DynamoDbMembershipLedger } from '@/lib/runtime/members/membership-ledger';
import { DynamoDbSuspensionLedger } from '@/lib/runtime/members/suspension-ledger';
import { roleForRights } from '@/lib/runtime/rights/api/own-path';
import { rightsApi } from '@/lib/runtime/rights/api/rights-api';
import { RightsDecisions } from '@/lib/runtime/rights/decisions/rights-decisions';
import { resumeJobsHandler } from '@/lib/runtime/rights/deployed/resume-jobs';
import { decisionDuringWait } from '@/lib/runtime/rights/jobs/decision-during-wait';
import { type RightsRules, rulesOf } from '@/lib/runtime/rights/jobs/rules';
import { nextOf } from '@/lib/runtime/rights/jobs/step-actors';
import { JobQueue } from '@/lib/runtime/workspace/background/queue';
import { storedContent } from '@/lib/runtime/workspace/content';
import { CachedSuspensions } from '@/lib/runtime/workspace/identity/cached-suspensions';
import { DynamoDbMemberships } from '@/lib/runtime/workspace/identity/dynamodb-memberships';
import { DynamoDbSuspensions } from '@/lib/runtime/workspace/identity/dynamodb-suspensions';
import { type RequireMemberOptions, requireMember } from '@/lib/runtime/workspace/identity/require-member';
import { jobHandler } from '@/lib/runtime/workspace/job-handler';
import { jobWorker, limitsOfJobs } from '@/lib/runtime/workspace/job-worker';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import { keyStoreClient } from '@/lib/runtime/workspace/keyring/key-store-client';
import { WORKSPACE as SAMPLE } from '@/test/runtime/gateway/support/policies';
import type { Random } from '../engine/random';
import type { VirtualTime } from '../engine/virtual-time';
import type { Network, Process } from '../stores/process';
import { BUCKET, KEYS, PEOPLE, QUEUE, Stores, TABLE, USAGE } from '../stores/stores';
import { runnerOf } from './actors';
import { countResponses, countTokens, withSettled } from './counting';
import { LambdaFunction } from './function';
import { JobStream, type WorkerFunction } from './job-stream';
import { Machine, type Runners } from './machine';
import { type ModelUse, modelOf } from './model';
import { People } from './people';
import { Tokens } from './tokens';
import { WORKSPACE } from './workspace';

const POLICY = admitPolicy(parsePolicy(JSON.stringify({ ...SAMPLE, tenant: { kind: 'workspace', ids: [WORKSPACE] } })));

export interface DeploymentOptions {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly network: Network;
  /** The network of the workers, which end often. */
  readonly networkOfWorkers: Network;
  readonly retentionDays: number;
  /** Whether the workspace answers in the background. */
  readonly hasJobs: boolean;
  readonly erasureOfOthers: RightsRules['erasureOfOthers'];
  /** Where calls of the model are noted. */
  readonly model: ModelUse;
  readonly log: (text: string) => void;
  readonly afterStep: (job: string) => void;
}

/** A workspace as it is deployed: its functions on its stores, each function in processes of its own. */
export class Deployment {
  public readonly stores: Stores;
  public readonly rules: RightsRules;
  public readonly people: People;
  public readonly tokens = new Tokens();
  public readonly machine: Machine;
  /** Two instances of the gateway serve at the same time. */
  public readonly gateways: readonly LambdaFunction<{ api: FetchHandler; keyring: BranchKeyring }>[];
  public readonly administration: LambdaFunction<FetchHandler>;
  private readonly runners: Runners;
  private readonly resuming: LambdaFunction<(event: unknown) => Promise<void>>;
  private readonly workers: readonly LambdaFunction<WorkerFunction>[];
  private readonly stream: JobStream;
  private readonly confirming: LambdaFunction<RightsDecisions>;

  constructor(public readonly options: DeploymentOptions) {
    const { random, log, afterStep, erasureOfOthers } = options;
    this.stores = new Stores(random);
    this.rules = rulesOf({ handOverDays: 3, erasureOfOthers });
    this.people = new People(() => random.bytes(8).toString('hex'));
    this.gateways = [1, 2].map((nth) => this.lambda(`gateway ${nth}`, (process) => this.gateway(process)));
    this.administration = this.lambda('admin', (process) => this.admin(process));
    this.runners = {
      witness: this.lambda('witness', (process) => runnerOf('witness', process, this)),
      eraser: this.lambda('eraser', (process) => runnerOf('eraser', process, this)),
      exporter: this.lambda('exporter', (process) => runnerOf('exporter', process, this)),
      closer: this.lambda('closer', (process) => runnerOf('closer', process, this)),
    };
    this.resuming = this.lambda('tend', (process) => this.tend(process));
    this.workers = [1, 2, 3].map((nth) =>
      this.lambda(`worker ${nth}`, (process) => this.worker(process), options.networkOfWorkers),
    );
    this.stream = new JobStream(this.stores, this.workers, random, log, (...run) => options.model.afterRun(...run));
    this.confirming = this.lambda('confirm', (process) => this.decisions(process));
    this.machine = new Machine(this.runners, WORKSPACE, random, log, afterStep);
  }

  /** Ends processes, as Lambda does from time to time. */
  public recycle(): void {
    const all = [...this.withKeys, this.administration, this.resuming, ...Object.values(this.runners)];
    for (const one of all) if (this.options.random.chance(0.2)) one.recycle();
  }

  /** The hourly run of the function that resumes jobs. */
  public resumeJobs(): Promise<void> {
    return this.resuming.invoke((handler) => handler({}));
  }

  /** Runs the workers for what was queued, and sometimes on their schedule. */
  public async runQueued(): Promise<void> {
    if (this.options.random.chance(0.5)) await this.stream.sweep();
    await this.stream.deliver();
  }

  /** The functions that have members' keys in memory. */
  public get withKeys(): readonly LambdaFunction<{ keyring: BranchKeyring }>[] {
    return this.options.hasJobs ? [...this.gateways, ...this.workers] : this.gateways;
  }

  /** An operator runs the function that confirms. */
  public async confirm(id: string): Promise<void> {
    const job = await this.confirming.invoke((rights) => rights.confirmAsOperator(id));
    if (job !== undefined) await this.machine.begin(nextOf(job, new Date()), decisionDuringWait(job));
  }

  /** A keyring in a new process, without keys in memory. */
  public keyringOf(process: Process): BranchKeyring {
    return new BranchKeyring(this.keyStore(process));
  }

  private lambda<T>(name: string, build: (process: Process) => T, network = this.options.network): LambdaFunction<T> {
    return new LambdaFunction(name, build, network, this.options.time);
  }

  /** The keys of members, as a process reaches them. */
  public keyStore(process: Process) {
    const table = { client: keyStoreClient(this.stores.dynamodb(process)), name: KEYS };
    return { workspace: WORKSPACE, table, key: { client: this.stores.kmsOf(process), arn: this.stores.keyArn } };
  }

  private requiring(process: Process, roleFor?: RequireMemberOptions['roleFor']) {
    const suspensions = new DynamoDbSuspensions({ client: this.stores.dynamodb(process), name: PEOPLE });
    const { policy } = this.tokens;
    const keys = this.tokens.knownKeys();
    return requireMember({ policy, keys, suspensions: new CachedSuspensions(suspensions), roleFor });
  }

  private gateway(process: Process) {
    const { stores } = this;
    const keyring = this.keyringOf(process);
    const { hasJobs } = this.options;
    const table = { client: stores.dynamodb(process), name: USAGE };
    const counting = hasJobs ? countTokens(table, limitsOfWorkspace(WORKSPACE)) : countResponses(table);
    const api = createGateway({
      policy: POLICY,
      upstream: hasJobs ? this.modelOf(process, false) : echoUpstream,
      content: this.contentOf(process, keyring),
      middleware: [this.requiring(process), counting.middleware],
      record: () => {},
    });
    return { api: hasJobs ? withSettled(api, counting) : api, keyring };
  }

  private modelOf(process: Process, isSlow: boolean) {
    return modelOf(process, this.options.random, this.options.model, isSlow);
  }

  private contentOf(process: Process, keyring: BranchKeyring) {
    const { stores, options } = this;
    return storedContent({
      table: { client: stores.dynamodb(process), name: TABLE },
      bucket: { client: stores.s3(process), name: BUCKET },
      keyring,
      retentionDays: options.retentionDays,
      ...(options.hasJobs && { background: { queue: this.queueOf(process), jobsPerMember: JOBS_PER_MEMBER.default } }),
    });
  }

  private queueOf(process: Process): JobQueue {
    return new JobQueue({ client: this.stores.dynamodb(process), name: QUEUE });
  }

  private worker(process: Process): WorkerFunction {
    const keyring = this.keyringOf(process);
    const table = { client: this.stores.dynamodb(process), name: USAGE };
    const { middleware, settled } = countTokens(table, limitsOfJobs(WORKSPACE));
    const log = (line: object) => this.options.log(JSON.stringify(line));
    const worker = jobWorker({
      policy: POLICY,
      upstream: this.modelOf(process, true),
      record: () => {},
      content: this.contentOf(process, keyring),
      queue: this.queueOf(process),
      suspensions: new DynamoDbSuspensions({ client: this.stores.dynamodb(process), name: PEOPLE }),
      counting: [middleware],
      log,
    });
    return { handler: jobHandler({ worker, tenant: WORKSPACE, log, settled }), keyring };
  }

  private decisions(process: Process): RightsDecisions {
    const { stores, people, rules, options } = this;
    const memberships = new DynamoDbMemberships({ client: stores.dynamodb(process), name: PEOPLE });
    return new RightsDecisions({
      table: { client: stores.dynamodb(process), name: TABLE },
      retentionDays: options.retentionDays,
      rules,
      roles: { memberships, unrecorded: people.unrecorded },
      now: () => new Date(),
    });
  }

  private admin(process: Process): FetchHandler {
    const { stores, people, machine } = this;
    const table = { client: stores.dynamodb(process), name: PEOPLE };
    const rights = rightsApi({
      policy: POLICY,
      record: () => {},
      middleware: [this.requiring(process, roleForRights)],
      rights: this.decisions(process),
      onJob: (job) => machine.begin(nextOf(job, new Date()), decisionDuringWait(job)),
    });
    const members = memberAdmin({
      policy: POLICY,
      record: () => {},
      middleware: [this.requiring(process, () => 'admin')],
      members: people,
      suspensions: new DynamoDbSuspensionLedger(table),
      memberships: new DynamoDbMembershipLedger(table),
      sessions: NO_SESSION_CONTROL,
    });
    return {
      fetch: (request) => (new URL(request.url).pathname.includes('/rights/') ? rights : members).fetch(request),
    };
  }

  private tend(process: Process) {
    const { machine, options } = this;
    return resumeJobsHandler({
      rights: this.decisions(process),
      notify: () => {},
      executions: machine,
      responder: { boundary: 'eu', region: 'eu-central-1' },
      log: (line) => options.log(JSON.stringify(line)),
    });
  }
}
