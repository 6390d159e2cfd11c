import {
  type GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';

type Command = PutObjectCommand | GetObjectCommand | ListObjectVersionsCommand;

const named = (name: string) => Object.assign(new Error(name), { name });

/** A version's bytes; undefined for a delete marker. */
type Version = Buffer | undefined;

/** Versions of a page. */
const PAGE = 5;

/** A bucket with versions in memory, with the conditional writes of S3. */
export class Bucket {
  public readonly puts: PutObjectCommandInput[] = [];
  private readonly objects = new Map<string, Version[]>();

  /** Runs before each write, and may fail. */
  public beforePut: (key: string) => void = () => {};
  /** Runs after each write, as a crash of the function does. */
  public afterPut: (key: string) => void = () => {};

  public get keys(): string[] {
    return [...this.objects.keys()].sort();
  }

  public text(key: string): string {
    return this.bytes(key).toString('utf8');
  }

  /** The first version's bytes. */
  public bytes(key: string): Buffer {
    const found = this.objects.get(key)?.find((version) => version !== undefined);
    if (found === undefined) throw named('AccessDenied');
    return found;
  }

  /** Writes a version as an administrator could. */
  public overwrite(key: string, bytes: Buffer): void {
    this.objects.set(key, [...(this.objects.get(key) ?? []), bytes]);
  }

  /** Deletes an object without naming a version, as an administrator could: a delete marker hides it. */
  public hide(key: string): void {
    this.objects.set(key, [...(this.objects.get(key) ?? []), undefined]);
  }

  /** Replaces the first version, which no principal can while it is locked. */
  public forge(key: string, bytes: Buffer): void {
    this.objects.set(key, [bytes]);
  }

  /** Removes every version, as an administrator could once the lock has ended. */
  public remove(key: string): void {
    this.objects.delete(key);
  }

  public readonly client = { send: (command: Command) => this.answer(command) } as never;

  private async answer(command: Command): Promise<object> {
    if (command instanceof PutObjectCommand) return this.put(command.input);
    if (command instanceof ListObjectVersionsCommand) return this.list(command);
    const { Key = '', VersionId } = command.input;
    const found = this.objects.get(Key)?.[Number(VersionId)];
    if (found === undefined) throw named('NoSuchVersion');
    return { Body: { transformToByteArray: async () => found } };
  }

  private list({ input: { Prefix = '', KeyMarker, VersionIdMarker } }: ListObjectVersionsCommand): object {
    const all = this.keys
      .filter((key) => key.startsWith(Prefix))
      .flatMap((Key) =>
        (this.objects.get(Key) ?? []).map((bytes, index) => ({ Key, VersionId: `${index}`, bytes })).toReversed(),
      );
    const at = all.findIndex(({ Key, VersionId }) => Key === KeyMarker && VersionId === VersionIdMarker) + 1;
    const page = all.slice(at, at + PAGE);
    const last = page.at(-1);
    return {
      Versions: page.filter(({ bytes }) => bytes !== undefined),
      DeleteMarkers: page.filter(({ bytes }) => bytes === undefined),
      IsTruncated: at + PAGE < all.length,
      NextKeyMarker: last?.Key,
      NextVersionIdMarker: last?.VersionId,
    };
  }

  private put(input: PutObjectCommandInput): object {
    const { Key = '', Body, IfNoneMatch } = input;
    this.beforePut(Key);
    const versions = this.objects.get(Key) ?? [];
    if (IfNoneMatch === '*' && versions.at(-1) !== undefined) throw named('PreconditionFailed');
    this.puts.push(input);
    this.objects.set(Key, [...versions, Body as Buffer]);
    this.afterPut(Key);
    return {};
  }
}
