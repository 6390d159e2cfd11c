import { ResidencyBoundary } from '../../../boundary/boundary';
import { type ActorVariables, RECOVERY_PREFIX } from '../../../contract/environment';
import type { RightsPolicy } from '../../../contract/policies/rights-policy';
import type { EnvironmentOf } from '../../aws/endpoint';
import { DirectoryStore } from '../../directory/directory-store';
import { DeployedParts } from '../../workspace/deployed-parts';
import { BranchKeyErasure } from '../../workspace/keyring/branch-key-erasure';
import { BranchKeyring } from '../../workspace/keyring/branch-keyring';
import { RequestedKeys } from '../../workspace/keyring/requested-keys';
import type { DecisionOptions } from '../decisions/rights-decisions';
import { type RightsRules, rulesOf } from '../jobs/rules';
import type { Actor } from '../jobs/step-actors';
import type { PartsOf } from '../steps/parts';
import { WorkspaceKeyDeletion } from '../steps/workspace-key-deletion';
import { DynamoDbMemberCounts } from '../store/member-counts';
import { DynamoDbMemberLinks } from '../store/member-links';

/** What the environment of a function names, in the workspace's Region and in the recovery Region if there is one. */
interface Deployed {
  readonly workspace: string;
  readonly rules: RightsRules;
  readonly here: DeployedParts;
  readonly there?: DeployedParts;
  /** Whether SCIM decides on the workspace's members. */
  readonly hasDirectory: boolean;
  /** The IDs of its courses, in which the use of each member is counted. */
  readonly courses?: readonly string[];
}

const now = () => new Date();

/** Uses keys, and has missing ones made by the function that alone may write them. */
const keyringOf = (workspace: string, here: DeployedParts): BranchKeyring =>
  new BranchKeyring(here.keyStore(workspace), new RequestedKeys({ workspace, ...here.keyRequests() }));

/** The parts of each actor. Its role permits no others, so its function builds no others. */
const PARTS: { readonly [A in Actor]: (deployed: Deployed) => PartsOf[A] } = {
  witness: ({ workspace, here }) => ({
    workspace,
    now,
    table: here.table(),
    keyring: keyringOf(workspace, here),
    evidence: here.bucket('EVIDENCE_BUCKET'),
  }),
  eraser: ({ workspace, courses, here, there, hasDirectory }) => ({
    workspace,
    now,
    table: here.table(),
    bucket: here.bucket('FILES_BUCKET'),
    keys: new BranchKeyErasure(here.keyStore(workspace)),
    counts: new DynamoDbMemberCounts(here.usage(), workspace, now, courses),
    links: new DynamoDbMemberLinks(here.recordLinks()),
    ...(hasDirectory && { directory: new DirectoryStore(here.directory()) }),
    retentionDays: here.retentionDays(),
    hasRecovery: there !== undefined,
  }),
  exporter: ({ workspace, rules, here }) => ({
    workspace,
    rules,
    now,
    table: here.table(),
    bucket: here.bucket('FILES_BUCKET'),
    keyring: keyringOf(workspace, here),
    links: new DynamoDbMemberLinks(here.recordLinks()),
  }),
  closer: ({ workspace, here, there }) => ({
    workspace,
    now,
    table: here.table(),
    evidence: here.bucket('EVIDENCE_BUCKET'),
    keyDeletion: new WorkspaceKeyDeletion([...(there ? [there.key()] : []), here.key()]),
  }),
  'recovery-witness': ({ workspace, here, there }) => ({
    workspace,
    now,
    table: here.table(),
    recovery: there && { keyring: new BranchKeyring(there.keyStore(workspace)) },
  }),
  'recovery-eraser': ({ workspace, here, there }) => ({
    workspace,
    now,
    table: here.table(),
    recovery: there && {
      table: there.table(),
      bucket: there.bucket('FILES_BUCKET'),
      keys: new BranchKeyErasure(there.keyStore(workspace)),
    },
  }),
};

/**
 * The parts that the steps of one actor work on, in a deployed workspace.
 *
 * @throws if the environment doesn't name what the actor needs, or names something outside the boundary
 */
export const partsOfActor = <A extends Actor>(
  policy: RightsPolicy,
  environment: EnvironmentOf<ActorVariables>,
  actor: A,
): PartsOf[A] => PARTS[actor](deployed(policy, environment));

/**
 * The parts of the functions that only decide or resume jobs: they reach jobs, holds and the status of users.
 *
 * @throws if the environment doesn't name the table, or names one outside the boundary
 */
export function decisionParts(policy: RightsPolicy, environment: EnvironmentOf<ActorVariables>): DecisionOptions {
  const { here, rules } = deployed(policy, environment);
  return { table: here.table(), retentionDays: here.retentionDays(), rules, now };
}

function deployed(policy: RightsPolicy, environment: EnvironmentOf<ActorVariables>): Deployed {
  const { workspace, boundary: declared } = policy;
  const boundary = ResidencyBoundary.parse(declared);
  const hasRecovery = environment.RECOVERY_CONVERSATIONS_TABLE_ARN !== undefined;
  return {
    workspace,
    rules: rulesOf(policy),
    hasDirectory: policy.identity.scim === true,
    courses: policy.courses,
    here: new DeployedParts(boundary, environment, WHOSE),
    there: hasRecovery ? new DeployedParts(boundary, environment, WHOSE, RECOVERY_PREFIX) : undefined,
  };
}

const WHOSE = 'the function of rights';
