import type { ResidencyBoundary } from '../boundary/boundary';
import type { DeploymentConfig } from '../config/model/config';
import { basePathOf } from '../contract/base-path';
import { bedrockEndpoints, type EnvironmentOf } from '../runtime/aws/endpoint';
import { createGateway, type GatewayOptions } from '../runtime/gateway/app';
import { Bedrock } from '../runtime/gateway/bedrock/bedrock';
import type { Upstream } from '../runtime/gateway/context/request-context';
import { requireKey } from '../runtime/gateway/keys/require-key';
import { Limits } from '../runtime/gateway/limits/limits';
import { type LimitsOf, limitsOfProject, limitsOfWorkspace } from '../runtime/gateway/limits/rate-limited';
import { OpenAiServers } from '../runtime/gateway/openai/openai-servers';
import type { Servers } from '../runtime/gateway/openai/servers';
import { type AdmittedPolicy, admitPolicy, sourceRegions } from '../runtime/gateway/policy/admitted-policy';
import { decideChatModel } from '../runtime/gateway/routing/decide';
import { memberAdmin } from '../runtime/members/admin';
import { NO_SESSION_CONTROL } from '../runtime/members/member-list';
import type { RecordKind } from '../runtime/records/record-log';
import { RECORDS_PATH, recordsGateway } from '../runtime/records/records-gateway';
import { rightsApi } from '../runtime/rights/api/rights-api';
import { requireMember } from '../runtime/workspace/identity/require-member';
import { UsableError } from './aws/shared/usable-error';
import { echoUpstream } from './echo/echo';
import { echoServers } from './echo/echo-servers';
import { foundCredentials } from './found-credentials';
import { LocalContents } from './local-contents';
import { LocalCounters } from './local-counters';
import { LocalIssuer, type WorkspaceTokens } from './local-issuer';
import { LocalKeys } from './local-keys';
import { LocalMembers } from './local-members';
import { LocalRecords } from './local-records';
import type { LocalRights } from './local-rights';
import { listenOnLoopback } from './loopback';
import type { Fetch } from './node-adapter';
import { policiesOf } from './policies';
import { Store } from './store';

/** What a deployment is served with on this machine. */
export interface ServeOptions {
  readonly deployment: DeploymentConfig;
  readonly boundary: ResidencyBoundary;
  /** 0 takes one that is free. */
  readonly port: number;
  /** The folder of the embedded store. */
  readonly data: string;
  /** `echo` calls nothing; `aws` calls Bedrock with the credentials that the AWS SDK finds. */
  readonly upstream: 'echo' | 'aws';
  readonly environment: EnvironmentOf<{ readonly OPENAI_API_KEY: string }>;
  readonly record: NonNullable<GatewayOptions['record']>;
}

/** A deployment that is served, and how its tenants are called. */
export interface Served {
  readonly projects: readonly { readonly id: string; readonly url: string; readonly key: string }[];
  readonly workspaces: readonly { readonly id: string; readonly url: string; readonly tokens: WorkspaceTokens }[];
  /** The names of the models that answer chats. */
  readonly chats: ReadonlySet<string>;
  close(): Promise<void>;
}

/**
 * Serves a deployment on loopback: the same gateways as in Lambda, with an embedded store and development keys.
 *
 * @throws UsableError when the port, the folder or the environment doesn't allow it
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const { deployment, boundary, port, data, record } = options;
  const policies = policiesOf(deployment, boundary);
  const admitted = usable(() => ({
    projects: policies.projects && admitPolicy(policies.projects),
    workspaces: policies.workspaces.map((policy) => admitPolicy(policy)),
  }));
  const all = [...(admitted.projects ? [admitted.projects] : []), ...admitted.workspaces];
  const upstream = usable(() => toUpstream(options, all));
  const servers = usable(() => toServers(options));
  const store = Store.open(data);
  const contents = openContents(options, store);
  const keys = new LocalKeys(store);
  const counters = new LocalCounters(store, new Date());
  const limits: Limits[] = [];
  const limited = (limitsOf: LimitsOf) => {
    const made = new Limits(counters, limitsOf);
    limits.push(made);
    return made.middleware;
  };
  const projects = deployment.projects.map(({ id }) => ({ id, key: keys.projectKey(id) }));
  const mounts = new Map<string, Fetch>();
  if (admitted.projects !== undefined) {
    const { projects: policy } = admitted;
    const middleware = [requireKey({ policy, registry: keys, kind: 'local' }), limited(limitsOfProject)];
    mounts.set(basePathOf(policy.tenant), createGateway({ policy, upstream, servers, record, middleware }).fetch);
  }
  const issuer = new LocalIssuer(keys);
  const known = issuer.knownKeys();
  const rights: LocalRights[] = [];
  const workspaces = admitted.workspaces.map((policy) => {
    const [id = ''] = policy.tenant.ids;
    const path = basePathOf(policy.tenant);
    const tokens = issuer.policyOf(id);
    const workspace = deployment.workspaces.find((candidate) => candidate.id === id);
    const members = new LocalMembers(store, issuer, id);
    const { suspensions } = members;
    const middleware = [
      requireMember({ policy: tokens, keys: known, suspensions }),
      limited(limitsOfWorkspace(id, workspace?.limits)),
    ];
    const content = workspace && contents.of(workspace);
    const records = new LocalRecords(store, id);
    const storing =
      (kind: RecordKind): ServeOptions['record'] =>
      (written, operations) => {
        records.add(kind, written);
        record(written, operations);
      };
    const gateway = createGateway({ policy, upstream, servers, record: storing('requests'), middleware, content });
    if (workspace === undefined) mounts.set(path, gateway.fetch);
    else {
      const local = contents.rightsOf(workspace);
      rights.push(local);
      const forAdmins = [requireMember({ policy: tokens, keys: known, suspensions, roleFor: () => 'admin' })];
      const rightsGateway = rightsApi({
        policy,
        record: storing('rights'),
        middleware: forAdmins,
        rights: local.rights,
        onJob: (job) => local.onJob(job),
      });
      const forAuditors = [requireMember({ policy: tokens, keys: known, suspensions, roleFor: () => 'auditor' })];
      const auditing = recordsGateway({ policy, record: storing('acts'), middleware: forAuditors, records });
      const membersGateway = memberAdmin({
        policy,
        record: storing('acts'),
        middleware: forAdmins,
        members,
        suspensions,
        sessions: NO_SESSION_CONTROL,
      });
      mounts.set(path, (request) => {
        const { pathname } = new URL(request.url);
        if (pathname === RECORDS_PATH) return auditing.fetch(request);
        if (/^\/admin\/v1\/members(\/|$)/.test(pathname)) return membersGateway.fetch(request);
        return (pathname.startsWith('/admin/') ? rightsGateway : gateway).fetch(request);
      });
    }
    return { id, path, tokens: members.tokens() };
  });
  try {
    const server = await listenOnLoopback(options.upstream === 'echo' ? asEcho(mounts) : mounts, port);
    for (const local of rights) void local.start();
    return {
      projects: projects.map(({ id, key }) => ({ id, url: `${server.url}/projects/v1`, key })),
      workspaces: await Promise.all(
        workspaces.map(async ({ id, path, tokens }) => ({
          id,
          url: `${server.url}${path}/v1`,
          tokens: await tokens,
        })),
      ),
      chats: new Set(all.flatMap(chatsOf)),
      close: async () => {
        await server.close();
        await Promise.all(limits.map((one) => one.settled()));
        await Promise.all(rights.map((local) => local.close()));
        contents.close();
        store.close();
      },
    };
  } catch (error) {
    await Promise.all(rights.map((local) => local.close()));
    contents.close();
    store.close();
    throw notListening(port, error);
  }
}

/** What an answer of the echo says of itself; the other headers are those of a deployment, so that clients can be tested. */
const ECHO_HEADER = ['x-residency-echo', 'local echo; no destination was called'] as const;

const asEcho = (mounts: ReadonlyMap<string, Fetch>): Map<string, Fetch> =>
  new Map(
    [...mounts].map(([path, fetch]): [string, Fetch] => [
      path,
      async (request) => {
        const response = await fetch(request);
        response.headers.set(...ECHO_HEADER);
        return response;
      },
    ]),
  );

const chatsOf = (policy: AdmittedPolicy) =>
  [...policy.models.keys()].filter((name) => decideChatModel(policy, name).allowed);

/** The folder is this process's once the store is open. */
function openContents({ data, deployment }: ServeOptions, store: Store): LocalContents {
  try {
    return new LocalContents(data, deployment.primaryRegion, deployment.workspaces, store);
  } catch (error) {
    store.close();
    throw error;
  }
}

function toUpstream(
  { upstream, boundary, environment, deployment }: ServeOptions,
  admitted: readonly AdmittedPolicy[],
): Upstream {
  if (upstream === 'echo') return echoUpstream;
  const regions = [...new Set(admitted.flatMap(sourceRegions))];
  const credentials = foundCredentials(deployment.primaryRegion);
  return new Bedrock({ endpoints: bedrockEndpoints(boundary, regions, environment), credentials });
}

/** A key of OpenAI's is needed only where a model of OpenAI's is served. */
function toServers({ upstream, deployment, environment }: ServeOptions): Servers {
  if (upstream === 'echo') return echoServers;
  const destinations = deployment.models.flatMap((model) => model.destinations);
  const openAiKey = environment.OPENAI_API_KEY;
  const called = destinations.find(({ provider }) => provider === 'openai');
  if (called !== undefined && !openAiKey) {
    throw new Error(
      `'OPENAI_API_KEY' is not set, and '${called.id}' needs it; set it to the key of your project at OpenAI`,
    );
  }
  return new OpenAiServers({ openAiKey });
}

/** What the gateway refuses to start with is a mistake of who started it. */
function usable<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new UsableError((error as Error).message);
  }
}

function notListening(port: number, error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new UsableError(
      `--port: ${port} is in use on 127.0.0.1; stop what listens there, or name another with --port (0 takes a free one)`,
    );
  }
  if (code === 'EACCES') {
    return new UsableError(`--port: ${port} may be taken by the system's administrator only; name one above 1023`);
  }
  return error as Error;
}
