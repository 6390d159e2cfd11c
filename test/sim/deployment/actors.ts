import { JobRunner } from '@/lib/runtime/rights/jobs/job-runner';
import type { RightsRules } from '@/lib/runtime/rights/jobs/rules';
import { stepsOf } from '@/lib/runtime/rights/steps/actor-steps';
import type { PartsOf } from '@/lib/runtime/rights/steps/parts';
import { WorkspaceKeyDeletion } from '@/lib/runtime/rights/steps/workspace-key-deletion';
import { DynamoDbMemberCounts } from '@/lib/runtime/rights/store/member-counts';
import { DynamoDbMemberLinks } from '@/lib/runtime/rights/store/member-links';
import { BranchKeyErasure } from '@/lib/runtime/workspace/keyring/branch-key-erasure';
import type { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import type { KeyStoreOptions } from '@/lib/runtime/workspace/keyring/key-store';
import type { Process } from '../stores/process';
import { BUCKET, EVIDENCE, LINKS, type Stores, TABLE, USAGE } from '../stores/stores';
import type { Runners } from './machine';
import { WORKSPACE } from './workspace';

/** What the actors' functions are made of. */
interface ActorOptions {
  readonly stores: Stores;
  readonly rules: RightsRules;
  readonly options: { readonly retentionDays: number };
  keyStore(process: Process): KeyStoreOptions;
  keyringOf(process: Process): BranchKeyring;
}

const now = () => new Date();

/** The function of an actor, with the parts that it has in a deployment. */
export function runnerOf<A extends keyof Runners>(actor: A, process: Process, deployed: ActorOptions): JobRunner {
  const { stores, rules, options } = deployed;
  const shared = { workspace: WORKSPACE, now, table: { client: stores.dynamodb(process), name: TABLE } };
  const evidence = { client: stores.s3(process), name: EVIDENCE };
  const links = new DynamoDbMemberLinks({ client: stores.dynamodb(process), name: LINKS });
  const bucket = { client: stores.s3(process), name: BUCKET };
  const parts: { readonly [P in keyof Runners]: () => PartsOf[P] } = {
    witness: () => ({ ...shared, evidence, keyring: deployed.keyringOf(process) }),
    eraser: () => ({
      ...shared,
      bucket,
      keys: new BranchKeyErasure(deployed.keyStore(process)),
      counts: new DynamoDbMemberCounts({ client: stores.dynamodb(process), name: USAGE }, WORKSPACE),
      links,
      retentionDays: options.retentionDays,
      hasRecovery: false,
    }),
    exporter: () => ({ ...shared, rules, bucket, links, keyring: deployed.keyringOf(process) }),
    closer: () => ({
      ...shared,
      evidence,
      keyDeletion: new WorkspaceKeyDeletion([{ client: stores.kmsOf(process), arn: stores.keyArn }]),
    }),
  };
  return new JobRunner(shared.table, stepsOf(actor, parts[actor]()), now);
}
