import { DescribeKeyCommand, type KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';

/** The deletion of the keys that encrypt all keys of a workspace's users: the workspace's own key, and that of its recovery Region. */
export interface KeyDeletion {
  readonly keyArns: readonly string[];
  /**
   * Schedules the deletion in KMS, which refuses every use of the keys from then on. A repetition changes nothing.
   *
   * @param days the days until KMS destroys the material, 7 to 30
   */
  schedule(days: number): Promise<void>;
  /** When the last of the keys is deleted; undefined if the deletion of one isn't scheduled. */
  scheduled(): Promise<Date | undefined>;
}

/** A key of KMS, and a client of its Region. */
export interface WorkspaceKey {
  readonly client: KMSClient;
  readonly arn: string;
}

/** The deletion of a workspace's keys in KMS. */
export class WorkspaceKeyDeletion implements KeyDeletion {
  /** @param keys the workspace's own key last: without it the table of jobs can't be read */
  constructor(private readonly keys: readonly WorkspaceKey[]) {}

  public get keyArns(): string[] {
    return this.keys.map(({ arn }) => arn);
  }

  public async schedule(days: number): Promise<void> {
    for (const key of this.keys) {
      if ((await deletionOf(key)) !== undefined) continue;
      await key.client.send(new ScheduleKeyDeletionCommand({ KeyId: key.arn, PendingWindowInDays: days }));
    }
  }

  public async scheduled(): Promise<Date | undefined> {
    const times: number[] = [];
    for (const key of this.keys) {
      const deletion = await deletionOf(key);
      if (deletion === undefined) return undefined;
      times.push(deletion.getTime());
    }
    return new Date(Math.max(...times));
  }
}

async function deletionOf({ client, arn }: WorkspaceKey): Promise<Date | undefined> {
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: arn }));
  return KeyMetadata?.KeyState === 'PendingDeletion' ? KeyMetadata.DeletionDate : undefined;
}
