import { basePathOf } from '../contract/base-path';
import { createGateway } from '../runtime/gateway/app';
import type { Upstream } from '../runtime/gateway/context/request-context';
import type { Limits } from '../runtime/gateway/limits/limits';
import { type LimitsOf, limitsOfWorkspace } from '../runtime/gateway/limits/rate-limited';
import type { Servers } from '../runtime/gateway/openai/servers';
import type { AdmittedPolicy } from '../runtime/gateway/policy/admitted-policy';
import type { ProviderWatch } from '../runtime/gateway/providers/provider-watch';
import { monitoringNotice } from '../runtime/http/handler/monitoring-notice';
import type { LinkedRequest } from '../runtime/http/records/linked-request';
import { memberAdmin } from '../runtime/members/admin';
import { DirectoryMembers } from '../runtime/members/directory-members';
import type { RecordKind } from '../runtime/records/record-log';
import { isRecordsPath, recordsGateway } from '../runtime/records/records-gateway';
import { roleForRights } from '../runtime/rights/api/own-path';
import { rightsApi } from '../runtime/rights/api/rights-api';
import type { RoleSources } from '../runtime/rights/decisions/role-history';
import { type RequireMemberOptions, requireMember } from '../runtime/workspace/identity/require-member';
import { jobWorker, limitsOfJobs } from '../runtime/workspace/job-worker';
import { withKeyTree } from '../runtime/workspace/keys/key-tree';
import { memberKeyParts } from '../runtime/workspace/member-key-parts';
import { budgetGroupsIn, type LocalContents } from './local-contents';
import type { LocalIssuer, WorkspaceTokens } from './local-issuer';
import { LocalJobs } from './local-jobs';
import type { LocalKeys } from './local-keys';
import { LocalMemberUsage } from './local-member-usage';
import { LocalMembers } from './local-members';
import { LocalRecords } from './local-records';
import type { LocalRights } from './local-rights';
import { LocalScim } from './local-scim';
import type { Fetch } from './node-adapter';
import type { ServeOptions } from './serve-options';
import type { Store } from './store';

/** What all workspaces of a served deployment share. */
export interface SharedParts {
  readonly options: ServeOptions;
  readonly store: Store;
  readonly contents: LocalContents;
  readonly issuer: LocalIssuer;
  readonly keys: LocalKeys;
  readonly known: ReturnType<LocalIssuer['knownKeys']>;
  readonly upstream: Upstream;
  readonly servers: Servers;
  readonly providers: ProviderWatch | undefined;
  /** Limits the requests of a tenant. */
  readonly limited: (limitsOf: LimitsOf, prices?: AdmittedPolicy['prices']) => Limits;
}

/** A workspace's APIs behind one address. */
export interface MountedWorkspace {
  readonly fetch: Fetch;
  readonly tokens: Promise<WorkspaceTokens>;
  /** The token with which an identity system calls SCIM; none without SCIM. */
  readonly scimToken?: string;
  readonly rights?: LocalRights;
  readonly jobs?: LocalJobs;
  /** Resolves once what requests began to record is written. */
  readonly settled: () => Promise<void>;
}

/** Serves a workspace: its gateway, and the APIs of administrators and auditors. */
export function mountWorkspace(policy: AdmittedPolicy, shared: SharedParts): MountedWorkspace {
  const { options, store, contents, issuer, known, keys, upstream, servers, providers, limited } = shared;
  const [id = ''] = policy.tenant.ids;
  const tokenPolicy = issuer.policyOf(id);
  const { perMember } = options.deployment.monitoring ?? {};
  const workspace = options.deployment.workspaces.find((candidate) => candidate.id === id);
  const members = new LocalMembers(store, issuer, id, (member, token) => options.issued?.(id, member, token));
  const { suspensions, sessions } = members;
  const { groups, courses } = workspace ?? {};
  const budgets = { groups, courses, monitoring: options.deployment.monitoring };
  const scim = workspace && contents.scimOf(workspace);
  const memberKeys =
    workspace?.keys &&
    memberKeyParts(policy, 'local', contents.stores(workspace), {
      signInWithinDays: workspace.keys.signInWithinDays,
      courses: workspace.courses,
      budgetGroups: budgetGroupsIn(workspace),
      prices: policy.prices,
      suspensions,
      directory: scim?.directory,
    });
  const requiring = (roleFor?: RequireMemberOptions['roleFor']) =>
    requireMember({
      policy: tokenPolicy,
      keys: known,
      suspensions,
      directory: scim?.directory,
      roleFor,
      seen: memberKeys?.signIns.record,
    });
  const records = new LocalRecords(store, id, options.deployment.records.memberDays);
  const storing =
    (kind: RecordKind): ServeOptions['record'] =>
    (written, operations) => {
      records.add(kind, written);
      options.record(written, operations);
    };
  const limiting = limited(limitsOfWorkspace(id, workspace?.limits, budgets), policy.prices);
  const content = workspace && contents.of(workspace, memberKeys?.options);
  const link = (request: LinkedRequest) => records.link(request);
  const answering = { policy, upstream, servers, providers, record: storing('requests'), link };
  const parts = { ...answering, content, usage: limiting.usage };
  const notice = monitoringNotice(perMember);
  const ofTokens = createGateway({ ...parts, middleware: [notice, requiring(), limiting.middleware] });
  const gateway = memberKeys
    ? withKeyTree(ofTokens, () =>
        createGateway({ ...parts, middleware: [notice, memberKeys.middleware, limiting.middleware] }),
      )
    : ofTokens;
  const background = workspace && contents.backgroundOf(workspace);
  const toJobs = () =>
    content &&
    background &&
    new LocalJobs(
      (ending) =>
        jobWorker({
          ...answering,
          ending,
          content,
          queue: background.queue,
          suspensions,
          directory: scim?.directory,
          stillValid: memberKeys?.stillValid,
          counting: [limited(limitsOfJobs(id, workspace?.limits, budgets), policy.prices).middleware],
          log: () => {},
        }),
      background.queue,
      (error) => console.error(`workspace ${id}: a background job stopped and will be retried: ${error}`),
    );
  const tokens = members.tokens();
  const settled = async () => memberKeys?.signIns.settled();
  if (workspace === undefined) return { fetch: gateway.fetch, tokens, settled };
  const { memberships } = members;
  const roles: RoleSources = scim
    ? { memberships, unrecorded: async ({ id: who, role }) => (await scim.roles.ofMember(who))?.since[role] }
    : members;
  const rights = contents.rightsOf(workspace, roles, scim?.store);
  const rightsGateway = rightsApi({
    policy,
    record: storing('rights'),
    middleware: [requiring(roleForRights)],
    rights: rights.rights,
    onJob: (job) => rights.onJob(job),
  });
  const membersGateway = memberAdmin({
    policy,
    record: storing('acts'),
    middleware: [requiring(() => 'admin')],
    members: scim ? new DirectoryMembers(scim.roles, scim.groups) : members,
    suspensions,
    memberships,
    sessions,
  });
  const auditing = recordsGateway({
    policy,
    record: storing('acts'),
    middleware: [requiring(() => 'auditor')],
    records,
    perMember,
    usage: new LocalMemberUsage(store, id),
  });
  const provisioning = scim?.api(keys, { policy, record: storing('acts'), basePath: basePathOf(policy.tenant) });
  return {
    rights,
    jobs: toJobs(),
    tokens: scim ? scim.seed().then(() => tokens) : tokens,
    ...(scim && { scimToken: keys.scimToken(id) }),
    settled,
    fetch: (request) => {
      const { pathname } = new URL(request.url);
      if (provisioning && LocalScim.isHere(pathname)) return provisioning.fetch(request);
      if (isRecordsPath(pathname)) return auditing.fetch(request);
      if (/^\/admin\/v1\/members(\/|$)/.test(pathname)) return membersGateway.fetch(request);
      return (pathname.startsWith('/admin/') ? rightsGateway : gateway).fetch(request);
    },
  };
}
