import { generateKeyPairSync, sign } from 'node:crypto';
import type { FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { SignCommand, type SignCommandInput } from '@aws-sdk/client-kms';
import { SALT_BYTES } from '@/lib/ledger/record-leaf';
import { CheckpointSigner } from '@/lib/runtime/ledger/checkpoint-signer';
import { GatewayLogs } from '@/lib/runtime/ledger/gateway-logs';
import { ledgerHandler } from '@/lib/runtime/ledger/ledger-handler';
import { LedgerObjects } from '@/lib/runtime/ledger/ledger-objects';
import type { LogBounds } from '@/lib/runtime/ledger/log-bounds';
import { Bucket } from './bucket';

export const STREAM = 'c3RyZWFtLW9mLWEtcHJvY2Vzcw';
export const ORIGIN = 'cdk-eu-residency/111122223333/eu-central-1/sample';

const LOG_GROUP = 'sample-projects-Gateway-1';

/** What CloudWatch lists at once. */
const MOST_GROUPS = 50;

/** The line of a request, as a gateway writes it. */
export function line(time: string, seq: number, { stream = STREAM, tokens = 1 } = {}): string {
  const salt = Buffer.alloc(SALT_BYTES, `${stream}${seq}`).toString('base64url');
  return JSON.stringify({
    event: 'residency',
    id: `r-${seq}`,
    time: `2026-11-30T${time}.000Z`,
    stream,
    seq,
    tenant: 'sciences',
    retention: 'not-stored',
    outcome: 'answered',
    tokens: { prompt: tokens, completion: 1, cached: 0 },
    salt,
    member: 'ada',
    about: 'bob',
  });
}

/** The ledger's function over a log, a bucket and a key in memory. */
export class Deployed {
  public readonly bucket = new Bucket();
  public readonly keys = generateKeyPairSync('ed25519');
  public readonly lines: { message: string; timestamp: number; logGroup?: string }[] = [];
  public readonly logged: Record<string, unknown>[] = [];
  public readonly signed: SignCommandInput[] = [];
  public groups: { logGroupName: string; creationTime?: number }[] = [{ logGroupName: LOG_GROUP }];
  public bounds: LogBounds | undefined;
  /** The time that a page takes, in milliseconds. */
  public pageMs = 0;
  private time = 0;
  /** Lines of a page. */
  public page = 100;
  private salts = 0;

  /** @param day when it runs */
  constructor(public day = '2026-11-30') {}

  public write(...messages: string[]): void {
    this.writeTo(LOG_GROUP, ...messages);
  }

  /** Writes lines of another gateway. */
  public writeTo(logGroup: string, ...messages: string[]): void {
    for (const message of messages) {
      const [time = '2026-11-30T10:30:00Z'] = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/.exec(message) ?? [];
      this.lines.push({ message, timestamp: Date.parse(time), logGroup });
    }
  }

  /** Writes a line that arrives at another time than its own. */
  public writeAt(time: string, message: string): void {
    this.lines.push({ message, timestamp: Date.parse(time) });
  }

  /** Writes Lambda's report of an invocation. */
  public report(time: string, status: string): void {
    const at = `2026-11-30T${time}.000Z`;
    const message = JSON.stringify({ time: at, type: 'platform.report', record: { requestId: 'one', status } });
    this.lines.push({ message, timestamp: Date.parse(at) });
  }

  public async run(at: string): Promise<void> {
    const now = () => new Date(`${this.day}T${at}:00Z`);
    const lock = { mode: 'GOVERNANCE', days: 400 } as const;
    const kms = { send: async (command: object) => this.kms(command) } as never;
    await ledgerHandler({
      parts: async () => ({
        logs: new GatewayLogs(
          { send: async (command: { input: object }) => this.page_(command) } as never,
          ['sample-projects-Gateway-'],
          this.bounds,
          () => this.time,
        ),
        objects: new LedgerObjects({ client: this.bucket.client, name: 'evidence', lock, now }),
        signer: await CheckpointSigner.open(kms, 'arn:aws:kms:eu-central-1:111122223333:key/one', ORIGIN),
        salt: () => Buffer.alloc(SALT_BYTES, `salt-${++this.salts}`).toString('base64url'),
      }),
      days: 400,
      functionName: 'ledger',
      log: (found) => this.logged.push(found as Record<string, unknown>),
      now,
    })();
  }

  private page_({ input }: { input: object }): object {
    const { logGroupName, startTime = 0, endTime = 0, nextToken = '0' } = input as FilterLogEventsCommandInput;
    const from = Number(nextToken);
    if (logGroupName === undefined) {
      const more = from + MOST_GROUPS < this.groups.length ? { nextToken: `${from + MOST_GROUPS}` } : {};
      return { logGroups: this.groups.slice(from, from + MOST_GROUPS), ...more };
    }
    this.time += this.pageMs;
    const found = this.lines.filter(
      ({ timestamp, logGroup = LOG_GROUP }) =>
        logGroup === logGroupName && startTime <= timestamp && timestamp <= endTime,
    );
    const more = from + this.page < found.length ? { nextToken: `${from + this.page}` } : {};
    return { events: found.slice(from, from + this.page), ...more };
  }

  private kms(command: object): object {
    if (!(command instanceof SignCommand)) {
      return { PublicKey: this.keys.publicKey.export({ format: 'der', type: 'spki' }) };
    }
    this.signed.push(command.input);
    return { Signature: sign(null, command.input.Message as Buffer, this.keys.privateKey) };
  }
}
