import type { KeyErasure, VerifierKeyring } from '../../workspace/keyring/keyring';
import type { BucketAccess, ContentStores, TableAccess } from '../../workspace/store/content-stores';
import type { RightsRules } from '../jobs/rules';
import type { MemberCounts } from '../store/member-counts';
import type { MemberLinks } from '../store/member-links';
import type { KeyDeletion } from './workspace-key-deletion';

/** Everything that the steps of a workspace's jobs work on. */
export interface RightsParts extends ContentStores {
  readonly workspace: string;
  readonly keyring: VerifierKeyring;
  /** The bucket of certificates. */
  readonly evidence: BucketAccess;
  readonly keys: KeyErasure;
  /** The members' usage, which is counted separately from content. */
  readonly counts: MemberCounts;
  /** Which records are those of the members' requests. */
  readonly links: MemberLinks;
  /**
   * What SCIM sent about members.
   *
   * @default - the workspace has no SCIM
   */
  readonly directory?: MemberDirectoryRows;
  /** @default - content is stored in one Region */
  readonly recovery?: RecoveryStores;
  /** The deletion of the workspace's own keys. */
  readonly keyDeletion: KeyDeletion;
  /** @default - content is stored until it is deleted */
  readonly retentionDays?: number;
  readonly rules: RightsRules;
  readonly now: () => Date;
}

/** The rows of a workspace's directory that are about a member. */
export interface MemberDirectoryRows {
  /** The number of rows. */
  count(member: string): Promise<number>;
  /**
   * Deletes them.
   *
   * @param before rows of users created from this time on stay, in Unix milliseconds
   * @default - all rows are deleted
   * @returns how many there were
   */
  erase(member: string, before?: number): Promise<number>;
}

/** The copies of content in the recovery Region, which an erasure has to delete too. */
export interface RecoveryStores {
  readonly table: TableAccess;
  readonly bucket: BucketAccess;
  /** Uses the key store of the recovery Region only. */
  readonly keyring: VerifierKeyring;
  readonly keys: KeyErasure;
}

type Part = keyof RightsParts;

/** The jobs are in the table of content, so every actor reaches some of that table. */
type WithJobs<P extends Part> = Pick<RightsParts, 'workspace' | 'table' | 'now' | P>;

/** The parts that the steps of each actor work on. The actor's role permits no others. */
export interface PartsOf {
  readonly witness: WithJobs<'keyring' | 'evidence'>;
  readonly eraser: WithJobs<'bucket' | 'keys' | 'counts' | 'links' | 'retentionDays' | 'directory'> & {
    /** Whether an erasure continues in a recovery Region, which this actor doesn't reach. */
    readonly hasRecovery: boolean;
  };
  readonly exporter: WithJobs<'bucket' | 'keyring' | 'links' | 'rules'>;
  readonly closer: WithJobs<'evidence' | 'keyDeletion'>;
  readonly 'recovery-witness': WithJobs<never> & { readonly recovery?: Pick<RecoveryStores, 'keyring'> };
  readonly 'recovery-eraser': WithJobs<never> & {
    readonly recovery?: Pick<RecoveryStores, 'table' | 'bucket' | 'keys'>;
  };
}
