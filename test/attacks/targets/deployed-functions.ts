import { JOBS_PER_MEMBER } from '@/lib/contract/background';
import type { ActorStore } from '@/lib/contract/environment';
import type { MemberLimits } from '@/lib/contract/policies/gateway-policy';
import type { ProjectsPolicy } from '@/lib/contract/policies/projects-policy';
import type { RightsActor } from '@/lib/contract/rights';
import { WORKSPACE } from '../../runtime/gateway/support/policies';
import type { DeployedFunction } from './functions';

const REGION = 'eu-central-1';
export const POOL = 'eu-central-1_AbCdEf123';
export const CLIENT = '1example23456789';
export const GROUPS = { member: ['sciences-member'], admin: ['sciences-admin'], auditor: ['sciences-auditor'] };
const IDENTITY = { groupsClaim: 'cognito:groups' as const, groups: GROUPS };

const arnOf = (table: string) => `arn:aws:dynamodb:${REGION}:111122223333:table/${table}`;

const MODELS = [
  { id: 'assistant', destinations: [{ region: REGION, id: 'eu.anthropic.claude-sonnet-4-6' }] },
  { id: 'vectors', destinations: [{ region: REGION, id: 'amazon.titan-embed-text-v2:0' }] },
];

/** The policy of the gateway of projects. */
export const PROJECTS = {
  ...WORKSPACE,
  keepsContent: false,
  tenant: { kind: 'project' as const, ids: ['batch', 'other'] },
  models: MODELS,
  maxReadingAgeHours: 24,
  projects: [
    { id: 'batch', models: ['assistant', 'vectors'], limits: {} },
    { id: 'other', models: ['assistant'], limits: {} },
  ],
  openProjects: { models: ['assistant'], limits: { tokensPerDay: 1_000_000 } },
};

/** What the API of open projects may open. */
const OPEN: ProjectsPolicy = {
  boundary: 'eu',
  models: ['assistant'],
  limits: { tokensPerDay: 1_000_000 },
  maximum: 3,
  declared: ['batch', 'other', 'sciences', 'office', 'campus', 'institute'],
};

/** The memory of the functions that serve an API, in MiB; `deployed-functions.test.ts` compares the first four with the stacks. */
export const MEMORY = {
  projects: 1_024,
  workspace: 1_024,
  campus: 1_024,
  members: 256,
  rights: 512,
  scim: 512,
  openProjects: 256,
} as const;

/** Where the services listen. */
export interface Services {
  readonly stores: string;
  readonly logs: string;
  readonly states: string;
  readonly cognito: string;
  readonly upstream: string;
  readonly workspaceKey: string;
  /** Limits of the workspace. */
  readonly limits: MemberLimits;
}

/** The functions of the stacks, with the variables that each has there. */
export function deployedFunctions({ logs, stores, states, cognito, upstream, workspaceKey, limits }: Services) {
  const rights = { boundary: 'eu', workspace: 'sciences', identity: IDENTITY, corsOrigins: [] };
  const identity = {
    USER_POOL_ID: POOL,
    USER_POOL_CLIENT_ID: CLIENT,
    KEY_SETS_TABLE_ARN: arnOf('key-sets'),
    SUSPENSIONS_TABLE_ARN: arnOf('suspensions'),
  };
  const services = {
    AWS_ENDPOINT_URL: stores,
    AWS_ENDPOINT_URL_STATES: states,
    AWS_ENDPOINT_URL_COGNITO_IDP: cognito,
    AWS_ENDPOINT_URL_LOGS: logs,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: upstream,
  };
  const content = {
    CONVERSATIONS_TABLE_ARN: arnOf('sciences-content'),
    WORKSPACE_KEY_ARN: workspaceKey,
    RETENTION_DAYS: '365',
  };
  const keys = { BRANCH_KEYS_TABLE_ARN: arnOf('sciences-keys') };
  const evidence = { EVIDENCE_BUCKET: 'evidence' };
  const requests = { KEY_REQUESTS_TABLE_ARN: arnOf('key-requests') };
  const usage = { USAGE_TABLE_ARN: arnOf('sciences-usage') };
  const links = { RECORD_LINKS_TABLE_ARN: arnOf('record-links') };
  const files = { FILES_BUCKET: 'sciences-files' };
  const machine = { STATE_MACHINE_ARN: `arn:aws:states:${REGION}:111122223333:stateMachine:sciences` };
  const job = (name: string, environment: Record<string, string>): DeployedFunction => ({
    bundle: 'jobs',
    policy: rights,
    memory: MEMORY.rights,
    environment: { ...services, ...content, UPKEEP_FUNCTION: name, ...environment },
  });
  const workspace: DeployedFunction = {
    bundle: 'workspace',
    policy: {
      ...WORKSPACE,
      models: MODELS,
      identity: IDENTITY,
      limits,
      memberKeys: { signInWithinDays: 30 },
      courses: [{ id: 'closed', group: 'staff', until: '2099-12-31', budget: { tokens: 1_000_000 } }],
    },
    memory: MEMORY.workspace,
    environment: {
      ...services,
      ...identity,
      ...content,
      ...keys,
      ...usage,
      ...links,
      RECORD_LINK_DAYS: '30',
      ...files,
      ...requests,
      JOB_QUEUE_TABLE_ARN: arnOf('sciences-jobs'),
      JOBS_PER_MEMBER: `${JOBS_PER_MEMBER.default}`,
    },
  };
  const actor = <A extends RightsActor>(name: A, stores: Readonly<Record<ActorStore<A>, string>>) => job(name, stores);
  return {
    projects: {
      bundle: 'gateway',
      policy: PROJECTS,
      memory: MEMORY.projects,
      environment: { ...services, KEYS_TABLE_ARN: arnOf('project-keys'), READINGS_TABLE_ARN: arnOf('readings') },
    },
    openProjects: {
      bundle: 'projects',
      policy: OPEN,
      memory: MEMORY.openProjects,
      environment: { ...services, KEYS_TABLE_ARN: arnOf('project-keys') },
    },
    scim: {
      bundle: 'scim',
      policy: { boundary: 'eu', workspace: 'campus' },
      memory: MEMORY.scim,
      environment: {
        ...services,
        DIRECTORY_TABLE_ARN: arnOf('campus-directory'),
        SCIM_TOKENS_TABLE_ARN: arnOf('campus-scim-tokens'),
      },
    },
    workspace,
    // Its members are those that SCIM of `campus` sends. It has the stores of `sciences`, and no worker.
    campus: {
      ...workspace,
      policy: { ...workspace.policy, identity: { ...IDENTITY, scim: true } },
      environment: { ...workspace.environment, DIRECTORY_TABLE_ARN: arnOf('campus-directory') },
    },
    worker: { ...workspace, handler: 'work' },
    members: {
      bundle: 'members',
      // The declaration opens one more path, which attacks must not reach.
      policy: {
        ...rights,
        isShared: false,
        perMember: { reason: 'agreed', approver: 'Ada', until: '2099-12-31' },
      },
      memory: MEMORY.members,
      environment: {
        ...services,
        ...identity,
        ...links,
        ...usage,
        AWS_LAMBDA_LOG_GROUP_NAME: 'administration',
        REQUESTS_LOG_GROUP: 'gateway',
        RIGHTS_LOG_GROUP: 'rights',
      },
    },
    rights: job('admin', { ...identity, ...machine }),
    confirm: job('confirm', { ...machine, USER_POOL_ID: POOL, SUSPENSIONS_TABLE_ARN: arnOf('suspensions') }),
    witness: actor('witness', { ...keys, ...requests, ...evidence }),
    eraser: actor('eraser', { ...keys, ...files, ...usage, ...links }),
    exporter: actor('exporter', { ...keys, ...requests, ...files, ...links }),
  } satisfies Record<string, DeployedFunction>;
}
