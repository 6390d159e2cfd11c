import { ResidencyBoundary } from '../../../boundary/boundary';
import { type ActorVariables, RECOVERY_PREFIX } from '../../../contract/environment';
import type { RightsPolicy } from '../../../contract/policies/rights-policy';
import type { EnvironmentOf } from '../../aws/endpoint';
import { DeployedParts } from '../../workspace/deployed-parts';
import { BranchKeyErasure } from '../../workspace/vault/branch-key-erasure';
import { BranchKeyVault } from '../../workspace/vault/branch-key-vault';
import type { Actor } from '../job';
import { DynamoDbMemberCounts } from '../member-counts';
import type { RecoveryStores } from '../recovery-steps';
import type { RightsOptions } from '../rights-options';
import { WorkspaceKeyEnding } from '../workspace-key-ending';

/** The parts that each actor has. Its role reaches no others, and neither does its function know of them. */
const PARTS = {
  witness: ['vault', 'evidence'],
  eraser: ['bucket', 'keys', 'counts'],
  exporter: ['bucket', 'vault'],
  closer: ['evidence', 'ending'],
  'recovery-witness': ['recovery'],
  'recovery-eraser': ['recovery'],
} as const satisfies Record<Actor, readonly (keyof RightsOptions)[]>;

/**
 * What the rights of a deployed workspace's users are exercised on, as one actor has it.
 *
 * @throws if the environment doesn't name what the actor needs, or names something outside
 */
export const rightsOfActor = (
  policy: RightsPolicy,
  environment: EnvironmentOf<ActorVariables>,
  actor: Actor,
): RightsOptions => optionsWith(policy, environment, PARTS[actor]);

/**
 * The same for who only decides, and begins what actors then do: it reaches jobs, holds and standings.
 *
 * @throws if the environment doesn't name the table of them, or names one outside
 */
export const rightsOfDecider = (policy: RightsPolicy, environment: EnvironmentOf<ActorVariables>): RightsOptions =>
  optionsWith(policy, environment, []);

function optionsWith(
  policy: RightsPolicy,
  environment: EnvironmentOf<ActorVariables>,
  has: readonly (keyof RightsOptions)[],
): RightsOptions {
  const { workspace } = policy;
  const boundary = ResidencyBoundary.parse(policy.boundary);
  const parts = new DeployedParts(boundary, environment, WHOSE);
  const isKeptTwice = environment.RECOVERY_CONVERSATIONS_TABLE_ARN !== undefined;
  const there = isKeptTwice ? new DeployedParts(boundary, environment, WHOSE, RECOVERY_PREFIX) : undefined;
  const part = <T extends object>(name: keyof RightsOptions, make: () => T): T =>
    has.includes(name) ? make() : absent<T>(name);
  return {
    workspace,
    table: parts.table(),
    bucket: part('bucket', () => parts.bucket('FILES_BUCKET')),
    evidence: part('evidence', () => parts.bucket('EVIDENCE_BUCKET')),
    vault: part('vault', () => new BranchKeyVault(parts.keyStore(workspace))),
    keys: part('keys', () => new BranchKeyErasure(parts.keyStore(workspace))),
    counts: part('counts', () => new DynamoDbMemberCounts(parts.usage(), workspace)),
    ending: part('ending', () => new WorkspaceKeyEnding([...(there ? [there.key()] : []), parts.key()])),
    // Whoever doesn't reach it knows of it all the same: an erasure goes on there.
    ...(there && { recovery: part('recovery', () => recoveryOf(there, workspace)) }),
    retentionDays: parts.retentionDays(),
  };
}

const WHOSE = 'the function of rights';

function recoveryOf(there: DeployedParts, workspace: string): RecoveryStores {
  return {
    table: there.table(),
    bucket: there.bucket('FILES_BUCKET'),
    vault: new BranchKeyVault(there.keyStore(workspace)),
    keys: new BranchKeyErasure(there.keyStore(workspace)),
  };
}

/** What isn't there: whoever uses it all the same fails, before any call. */
function absent<T extends object>(name: string): T {
  const part: object = new Proxy(
    {},
    {
      get: (_, member) => {
        // A bucket is given as it is, and used later.
        if (member === 'client' || member === 'name') return absent(name);
        throw new Error(`this function has no right to '${name}'`);
      },
    },
  );
  return part as T;
}
