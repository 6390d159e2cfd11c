import {
  type GetObjectCommand,
  type ListObjectVersionsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';

type Command = PutObjectCommand | GetObjectCommand | ListObjectVersionsCommand;

const named = (name: string) => Object.assign(new Error(name), { name });

/** A bucket with versions in memory, with the conditional writes of S3. */
export class Bucket {
  public readonly puts: PutObjectCommandInput[] = [];
  private readonly objects = new Map<string, Buffer[]>();

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

  public bytes(key: string): Buffer {
    const found = this.objects.get(key)?.at(-1);
    if (found === undefined) throw named('AccessDenied');
    return found;
  }

  /** Writes a version as an administrator could. */
  public overwrite(key: string, bytes: Buffer): void {
    this.objects.set(key, [...(this.objects.get(key) ?? []), bytes]);
  }

  public readonly client = { send: (command: Command) => this.answer(command) } as never;

  private async answer(command: Command): Promise<object> {
    if (command instanceof PutObjectCommand) return this.put(command.input);
    const { Prefix, Key } = command.input as { Prefix?: string; Key?: string };
    if (Prefix === undefined) return { Body: { transformToByteArray: async () => this.bytes(Key ?? '') } };
    const Versions = this.keys
      .filter((key) => key.startsWith(Prefix))
      .flatMap((key) => (this.objects.get(key) ?? []).map(() => ({ Key: key })));
    return { Versions, IsTruncated: false };
  }

  private put(input: PutObjectCommandInput): object {
    const { Key = '', Body, IfNoneMatch } = input;
    this.beforePut(Key);
    if (IfNoneMatch === '*' && this.objects.has(Key)) throw named('PreconditionFailed');
    this.puts.push(input);
    this.objects.set(Key, [Body as Buffer]);
    this.afterPut(Key);
    return {};
  }
}
