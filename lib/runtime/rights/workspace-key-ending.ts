import { DescribeKeyCommand, type KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';

/** The end of the keys under which all keys of a workspace's users are: its own, and that of its recovery Region. */
export interface KeyEnding {
  readonly keyArns: readonly string[];
  /**
   * Has KMS delete the keys; from then on it refuses every use of them. Done again, it changes nothing.
   *
   * @param days until the material is destroyed, 7 to 30
   */
  schedule(days: number): Promise<void>;
  /** When the last of the keys is deleted; none where one isn't scheduled. */
  scheduled(): Promise<Date | undefined>;
}

/** A key of KMS, and a client of its Region. */
export interface EndedKey {
  readonly client: KMSClient;
  readonly arn: string;
}

/** The keys of a workspace in KMS. */
export class WorkspaceKeyEnding implements KeyEnding {
  /** @param keys the workspace's own last: with its end the table of jobs can't be read any more */
  constructor(private readonly keys: readonly EndedKey[]) {}

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

async function deletionOf({ client, arn }: EndedKey): Promise<Date | undefined> {
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: arn }));
  return KeyMetadata?.KeyState === 'PendingDeletion' ? KeyMetadata.DeletionDate : undefined;
}
