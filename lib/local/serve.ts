import { isOutsideAws } from '../boundary/provider-of';
import { basePathOf } from '../contract/base-path';
import { bedrockEndpoints } from '../runtime/aws/endpoint';
import type { SigningCredentials } from '../runtime/aws/signature';
import { createGateway } from '../runtime/gateway/app';
import { Bedrock } from '../runtime/gateway/bedrock/bedrock';
import { requireKey } from '../runtime/gateway/keys/require-key';
import { Limits } from '../runtime/gateway/limits/limits';
import { Prices } from '../runtime/gateway/limits/priced';
import { type LimitsOf, limitsOfProject } from '../runtime/gateway/limits/rate-limited';
import { DynamoDbOpenProjects } from '../runtime/gateway/open/dynamodb-open-projects';
import { OpenAiServers } from '../runtime/gateway/openai/openai-servers';
import type { Servers } from '../runtime/gateway/openai/servers';
import { type AdmittedPolicy, admitPolicy, sourceRegions } from '../runtime/gateway/policy/admitted-policy';
import { ProviderWatch } from '../runtime/gateway/providers/provider-watch';
import { decideChatModel } from '../runtime/gateway/routing/decide';
import { UsableError } from './aws/shared/usable-error';
import { echoUpstream } from './echo/echo';
import { echoServers } from './echo/echo-servers';
import { foundCredentials } from './found-credentials';
import { LocalContents } from './local-contents';
import { LocalCounters } from './local-counters';
import { LocalIssuer, type WorkspaceTokens } from './local-issuer';
import type { LocalJobs } from './local-jobs';
import { LocalKeys } from './local-keys';
import type { LocalRights } from './local-rights';
import { listenOnLoopback } from './loopback';
import { markEcho } from './mark-echo';
import { mountProjects } from './mount-projects';
import { type MountedWorkspace, mountWorkspace } from './mount-workspace';
import type { Fetch } from './node-adapter';
import { policiesOf } from './policies';
import { ProviderFiles } from './provider-files';
import { providerKeys } from './provider-keys';
import type { ServeOptions } from './serve-options';
import { Store } from './store';

/** A deployment that is served, and how its tenants are called. */
export interface Served {
  readonly projects: readonly { readonly id: string; readonly url: string; readonly key: string }[];
  readonly workspaces: readonly {
    readonly id: string;
    readonly url: string;
    readonly tokens: WorkspaceTokens;
    /** The token with which an identity system calls SCIM; none without SCIM. */
    readonly scimToken?: string;
  }[];
  /** The base URL of the API of open projects, and the credentials that sign its requests; none if no project is open. */
  readonly openProjects?: { readonly url: string } & SigningCredentials;
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
  const bedrock = options.upstream === 'echo' ? undefined : usable(() => toBedrock(options, all));
  const upstream = bedrock ?? echoUpstream;
  const servers = bedrock === undefined ? echoServers : usable(() => toServers(options, bedrock));
  const store = Store.open(data);
  const contents = openContents(options, store);
  const keys = new LocalKeys(store);
  const counters = new LocalCounters(store, new Date());
  const limits: Limits[] = [];
  const providers = watchOf(options, all);
  const limited = (limitsOf: LimitsOf, prices?: AdmittedPolicy['prices']) => {
    const made = new Limits(counters, limitsOf, new Prices(prices));
    limits.push(made);
    return made;
  };
  const projects = deployment.projects.map(({ id }) => ({ id, key: keys.projectKey(id) }));
  const mounts = new Map<string, Fetch>();
  if (admitted.projects !== undefined) {
    const { projects: policy } = admitted;
    const open = deployment.openProjects;
    const openProjects = open && new DynamoDbOpenProjects(contents.openProjects());
    const own = limited(limitsOfProject, policy.prices);
    const middleware = [requireKey({ policy, registry: keys, openProjects, kind: 'local' }), own.middleware];
    const { fetch } = createGateway({ policy, upstream, servers, providers, record, middleware, usage: own.usage });
    const mounted = open ? mountProjects(fetch, policy, { options, open, keys, contents }) : fetch;
    mounts.set(basePathOf(policy.tenant), mounted);
  }
  const issuer = new LocalIssuer(keys);
  const known = issuer.knownKeys();
  const rights: LocalRights[] = [];
  const settling: MountedWorkspace['settled'][] = [];
  const jobs: LocalJobs[] = [];
  const workspaces = admitted.workspaces.map((policy) => {
    const mounted = mountWorkspace(policy, {
      options,
      store,
      contents,
      issuer,
      keys,
      known,
      upstream,
      servers,
      providers,
      limited,
    });
    if (mounted.rights !== undefined) rights.push(mounted.rights);
    settling.push(mounted.settled);
    if (mounted.jobs !== undefined) jobs.push(mounted.jobs);
    const path = basePathOf(policy.tenant);
    mounts.set(path, mounted.fetch);
    const { tokens, scimToken } = mounted;
    return { id: policy.tenant.ids[0] ?? '', path, tokens, scimToken };
  });
  try {
    const server = await listenOnLoopback(options.upstream === 'echo' ? markEcho(mounts) : mounts, port);
    for (const local of rights) void local.start();
    contents.start();
    return {
      projects: projects.map(({ id, key }) => ({ id, url: `${server.url}/projects/v1`, key })),
      workspaces: await Promise.all(
        workspaces.map(async ({ id, path, tokens, scimToken }) => ({
          id,
          url: `${server.url}${path}/v1`,
          tokens: await tokens,
          ...(scimToken !== undefined && { scimToken }),
        })),
      ),
      ...(deployment.openProjects && { openProjects: { url: `${server.url}/projects`, ...keys.operator() } }),
      chats: new Set(all.flatMap(chatsOf)),
      close: async () => {
        await server.close();
        await Promise.all(jobs.map((local) => local.close()));
        await Promise.all([
          ...limits.map((one) => one.settled()),
          ...settling.map((settled) => settled()),
          providers?.settled(),
        ]);
        await Promise.all(rights.map((local) => local.close()));
        await contents.close();
        store.close();
      },
    };
  } catch (error) {
    await Promise.all(jobs.map((local) => local.close()));
    await Promise.all(rights.map((local) => local.close()));
    await contents.close();
    store.close();
    throw notListening(port, error);
  }
}

/** As in a deployment, no provider leaves if all models are inside AWS. */
function watchOf(options: ServeOptions, admitted: readonly AdmittedPolicy[]): ProviderWatch | undefined {
  const destinations = admitted.flatMap(({ models }) => [...models.values()].flat());
  if (!destinations.some(isOutsideAws)) return undefined;
  return new ProviderWatch({
    states: new ProviderFiles(options.data),
    destinations,
    // A file is read faster than a table.
    everyMs: options.readProvidersMs ?? 1_000,
    log: (event) => options.provider?.(event),
  });
}

const chatsOf = (policy: AdmittedPolicy) =>
  [...policy.models.keys()].filter((name) => decideChatModel(policy, name).allowed);

/** The folder is this process's once the store is open. */
function openContents({ data, deployment }: ServeOptions, store: Store): LocalContents {
  try {
    return new LocalContents(data, deployment, store);
  } catch (error) {
    store.close();
    throw error;
  }
}

function toBedrock({ boundary, environment, deployment }: ServeOptions, admitted: readonly AdmittedPolicy[]): Bedrock {
  const regions = [...new Set(admitted.flatMap(sourceRegions))];
  const credentials = foundCredentials(deployment.primaryRegion);
  return new Bedrock({ endpoints: bedrockEndpoints(boundary, regions, environment), credentials });
}

/** A provider's key is needed only where a model of that provider is served. */
function toServers({ deployment, environment }: ServeOptions, bedrock: Bedrock): Servers {
  return new OpenAiServers({ ...providerKeys(deployment, environment), bedrock });
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
