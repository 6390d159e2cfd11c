import type { MiddlewareHandler } from 'hono';
import { createGateway } from '../runtime/gateway/app';
import type { Upstream } from '../runtime/gateway/context/request-context';
import { type LimitsOf, limitsOfWorkspace } from '../runtime/gateway/limits/rate-limited';
import type { Servers } from '../runtime/gateway/openai/servers';
import type { AdmittedPolicy } from '../runtime/gateway/policy/admitted-policy';
import type { GatewayEnv } from '../runtime/gateway/policy/gateway-env';
import type { LinkedRequest } from '../runtime/http/records/linked-request';
import { memberAdmin } from '../runtime/members/admin';
import type { RecordKind } from '../runtime/records/record-log';
import { RECORDS_PATH, recordsGateway } from '../runtime/records/records-gateway';
import { roleForRights } from '../runtime/rights/api/own-path';
import { rightsApi } from '../runtime/rights/api/rights-api';
import { type RequireMemberOptions, requireMember } from '../runtime/workspace/identity/require-member';
import { jobWorker, limitsOfJobs } from '../runtime/workspace/job-worker';
import type { LocalContents } from './local-contents';
import type { LocalIssuer, WorkspaceTokens } from './local-issuer';
import { LocalJobs } from './local-jobs';
import { LocalMembers } from './local-members';
import { LocalRecords } from './local-records';
import type { LocalRights } from './local-rights';
import type { Fetch } from './node-adapter';
import type { ServeOptions } from './serve-options';
import type { Store } from './store';

/** What all workspaces of a served deployment share. */
export interface SharedParts {
  readonly options: ServeOptions;
  readonly store: Store;
  readonly contents: LocalContents;
  readonly issuer: LocalIssuer;
  readonly known: ReturnType<LocalIssuer['knownKeys']>;
  readonly upstream: Upstream;
  readonly servers: Servers;
  /** Limits the requests of a tenant. */
  readonly limited: (limitsOf: LimitsOf) => MiddlewareHandler<GatewayEnv>;
}

/** A workspace's APIs behind one address. */
export interface MountedWorkspace {
  readonly fetch: Fetch;
  readonly tokens: Promise<WorkspaceTokens>;
  readonly rights?: LocalRights;
  readonly jobs?: LocalJobs;
}

/** Serves a workspace: its gateway, and the APIs of administrators and auditors. */
export function mountWorkspace(policy: AdmittedPolicy, shared: SharedParts): MountedWorkspace {
  const { options, store, contents, issuer, known, upstream, servers, limited } = shared;
  const [id = ''] = policy.tenant.ids;
  const tokenPolicy = issuer.policyOf(id);
  const workspace = options.deployment.workspaces.find((candidate) => candidate.id === id);
  const members = new LocalMembers(store, issuer, id, (member, token) => options.issued?.(id, member, token));
  const { suspensions, sessions } = members;
  const requiring = (roleFor?: RequireMemberOptions['roleFor']) =>
    requireMember({ policy: tokenPolicy, keys: known, suspensions, roleFor });
  const records = new LocalRecords(store, id, options.deployment.records.memberDays);
  const storing =
    (kind: RecordKind): ServeOptions['record'] =>
    (written, operations) => {
      records.add(kind, written);
      options.record(written, operations);
    };
  const content = workspace && contents.of(workspace);
  const link = (request: LinkedRequest) => records.link(request);
  const gateway = createGateway({
    policy,
    upstream,
    servers,
    record: storing('requests'),
    link,
    middleware: [requiring(), limited(limitsOfWorkspace(id, workspace?.limits))],
    content,
  });
  const background = workspace && contents.backgroundOf(workspace);
  const toJobs = () =>
    content &&
    background &&
    new LocalJobs(
      (ending) =>
        jobWorker({
          ending,
          policy,
          upstream,
          servers,
          record: storing('requests'),
          link,
          content,
          queue: background.queue,
          suspensions,
          limited: limited(limitsOfJobs(id, workspace?.limits)),
          log: () => {},
        }),
      background.queue,
      (error) => console.error(`workspace ${id}: a background job stopped and will be retried: ${error}`),
    );
  const tokens = members.tokens();
  if (workspace === undefined) return { fetch: gateway.fetch, tokens };
  const rights = contents.rightsOf(workspace, members);
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
    members,
    suspensions,
    memberships: members.memberships,
    sessions,
  });
  const auditing = recordsGateway({
    policy,
    record: storing('acts'),
    middleware: [requiring(() => 'auditor')],
    records,
  });
  return {
    rights,
    jobs: toJobs(),
    tokens,
    fetch: (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === RECORDS_PATH) return auditing.fetch(request);
      if (/^\/admin\/v1\/members(\/|$)/.test(pathname)) return membersGateway.fetch(request);
      return (pathname.startsWith('/admin/') ? rightsGateway : gateway).fetch(request);
    },
  };
}
