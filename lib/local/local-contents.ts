import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DeploymentConfig, WorkspaceConfig } from '../config/model/config';
import { JOBS_PER_MEMBER } from '../contract/background';
import { namesOfGroups } from '../contract/courses';
import { BRANCH_KEY_TABLE, EXPIRES_AT, PARTITION_KEY, SORT_KEY } from '../contract/tables';
import type { Table } from '../runtime/aws/table';
import { EXISTING_KEYS } from '../runtime/conversion/existing-keys';
import type { DirectoryStore } from '../runtime/directory/directory-store';
import type { RoleSources } from '../runtime/rights/decisions/role-history';
import { rulesOf } from '../runtime/rights/jobs/rules';
import { WorkspaceKeyDeletion } from '../runtime/rights/steps/workspace-key-deletion';
import { JobQueue } from '../runtime/workspace/background/queue';
import { type StoredContent, storedContent } from '../runtime/workspace/content';
import type { BackgroundOptions, MemberKeyOptions } from '../runtime/workspace/content-options';
import { BranchKeyErasure } from '../runtime/workspace/keyring/branch-key-erasure';
import { BranchKeyring } from '../runtime/workspace/keyring/branch-keyring';
import type { KeyStoreOptions } from '../runtime/workspace/keyring/key-store';
import { keyStoreClient } from '../runtime/workspace/keyring/key-store-client';
import { LocalAws } from './aws/local-aws';
import { LocalConversions } from './local-conversions';
import { LocalMemberCounts } from './local-member-counts';
import { LocalMemberLinks } from './local-member-links';
import { LocalRights } from './local-rights';
import { LocalScim } from './local-scim';
import { OperatorFiles } from './operator-files';
import type { Store } from './store';

/** The content of the workspaces in one data folder, each in its own tables under its own key. */
export class LocalContents {
  private readonly aws: LocalAws;
  private readonly conversions: LocalConversions[] = [];

  /**
   * @param folder a data folder that this process has locked
   * @param store counts their usage
   * @throws UsableError if its content file can't be used
   */
  constructor(
    private readonly folder: string,
    private readonly deployment: Pick<DeploymentConfig, 'primaryRegion' | 'workspaces' | 'records'>,
    private readonly store: Store,
  ) {
    const { primaryRegion: region, workspaces } = deployment;
    const file = path.join(folder, 'content.sqlite');
    // A process that is killed during a write leaves its lock. This process owns the folder now.
    rmSync(`${file}.lock`, { recursive: true, force: true });
    if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600);
    const tables = workspaces.flatMap(({ id, scim }) => [
      ...(scim ? [{ name: directoryTable(id), partitionKey: PARTITION_KEY, sortKey: SORT_KEY }] : []),
      { name: contentTable(id), partitionKey: PARTITION_KEY, sortKey: SORT_KEY, timeToLive: EXPIRES_AT },
      { name: keyTable(id), ...BRANCH_KEY_TABLE },
      { name: conversionTable(id), partitionKey: PARTITION_KEY, sortKey: SORT_KEY, timeToLive: EXPIRES_AT },
      { name: queueTable(id), partitionKey: PARTITION_KEY, sortKey: SORT_KEY, timeToLive: EXPIRES_AT },
    ]);
    tables.push({ name: OPEN_PROJECTS_TABLE, partitionKey: PARTITION_KEY, sortKey: SORT_KEY, timeToLive: EXPIRES_AT });
    this.aws = new LocalAws({ file, region, tables, buckets: [...workspaces.map(({ id }) => bucketOf(id)), EVIDENCE] });
  }

  /** The content of a workspace. */
  public of(workspace: WorkspaceConfig, memberKeys?: MemberKeyOptions): StoredContent {
    const conversions = workspace.officeFiles ? this.conversionsOf(workspace) : undefined;
    return storedContent({
      ...this.stores(workspace),
      memberKeys,
      background: this.backgroundOf(workspace),
      budgetGroups: budgetGroupsIn(workspace),
      ...(conversions && {
        conversions: { table: conversionTable(workspace.id), requested: () => conversions.requested() },
      }),
    });
  }

  /** Begins the conversions that an earlier process didn't end. */
  public start(): void {
    for (const conversions of this.conversions) conversions.requested();
  }

  private conversionsOf(workspace: WorkspaceConfig): LocalConversions {
    const { id } = workspace;
    const conversions = new LocalConversions({
      requests: { client: this.aws.dynamodb(), name: conversionTable(id) },
      bucket: { client: this.aws.s3(), name: bucketOf(id) },
      keyring: new BranchKeyring(this.keyStore(workspace), EXISTING_KEYS),
      now: () => new Date(),
      failed: (error) =>
        console.error(`workspace ${id}: a file wasn't converted, and will be after the next start: ${error}`),
    });
    this.conversions.push(conversions);
    return conversions;
  }

  /** SCIM of a workspace; undefined if it has none. */
  public scimOf(workspace: WorkspaceConfig): LocalScim | undefined {
    const table = { client: this.aws.dynamodb(), name: directoryTable(workspace.id) };
    return workspace.scim && new LocalScim(workspace, table);
  }

  /** The queue of a workspace's jobs; undefined if it answers nothing in the background. */
  public backgroundOf({ id, background }: WorkspaceConfig): BackgroundOptions | undefined {
    if (background === undefined) return undefined;
    const queue = new JobQueue({ client: this.aws.dynamodb(), name: queueTable(id) });
    return { queue, jobsPerMember: background.jobsPerMember ?? JOBS_PER_MEMBER.default };
  }

  /** The rights of a workspace's users. */
  public rightsOf(workspace: WorkspaceConfig, roles: RoleSources, directory?: DirectoryStore): LocalRights {
    return new LocalRights(
      {
        ...this.stores(workspace),
        workspace: workspace.id,
        rules: rulesOf(workspace.rights ?? {}),
        roles,
        ...(directory && { directory }),
        evidence: { client: this.aws.s3(), name: EVIDENCE },
        keys: new BranchKeyErasure(this.keyStore(workspace)),
        counts: new LocalMemberCounts(
          this.store,
          workspace.id,
          workspace.courses?.map(({ id }) => id),
        ),
        links: new LocalMemberLinks(this.store, workspace.id, this.deployment.records.memberDays),
        keyDeletion: new WorkspaceKeyDeletion([{ client: this.aws.kms(), arn: this.aws.keyArn(workspace.id) }]),
        now: () => new Date(),
      },
      () => {
        this.aws.purge();
        this.store.purge();
      },
      new OperatorFiles(this.folder, workspace.id),
      (job, error) => console.error(`workspace ${workspace.id}: job ${job} stopped and will be retried: ${error}`),
    );
  }

  /** The table of open projects. */
  public openProjects(): Table {
    return { client: this.aws.dynamodb(), name: OPEN_PROJECTS_TABLE };
  }

  /** The stores of a workspace's content, as another process has them. */
  public stores(workspace: WorkspaceConfig) {
    const { id, retention, limits } = workspace;
    return {
      table: { client: this.aws.dynamodb(), name: contentTable(id) },
      bucket: { client: this.aws.s3(), name: bucketOf(id) },
      keyring: new BranchKeyring(this.keyStore(workspace)),
      retentionDays: retention.kind === 'days' ? retention.days : undefined,
      window: { tokens: limits.windowTokens },
    };
  }

  private keyStore({ id }: WorkspaceConfig): KeyStoreOptions {
    return {
      workspace: id,
      table: { client: keyStoreClient(this.aws.dynamodb()), name: keyTable(id) },
      key: { client: this.aws.kms(), arn: this.aws.keyArn(id) },
    };
  }

  public async close(): Promise<void> {
    await Promise.all(this.conversions.map((one) => one.close()));
    this.aws.close();
  }
}

/** The groups that have budgets or courses, if tokens name groups. */
export const budgetGroupsIn = ({ scim, groups, courses }: WorkspaceConfig): string[] | undefined =>
  scim ? undefined : namesOfGroups(groups, courses);

/** No workspace has a table with this suffix. */
const OPEN_PROJECTS_TABLE = 'open-projects';
const contentTable = (workspace: string) => `${workspace}-content`;
const directoryTable = (workspace: string) => `${workspace}-directory`;
const bucketOf = (workspace: string) => `${workspace}-files`;
const conversionTable = (workspace: string) => `${workspace}-conversions`;
const queueTable = (workspace: string) => `${workspace}-jobs`;
const keyTable = (workspace: string) => `${workspace}-keys`;
/** The suffix of the bucket of certificates. A workspace's content bucket has another suffix. */
const EVIDENCE = 'evidence';
