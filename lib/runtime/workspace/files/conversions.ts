import { CONVERT_WITHIN_MS } from '../../../contract/conversion';
import { conversionRow, EXPIRES_AT } from '../../../contract/tables';
import { BYTES_A_TOKEN } from '../../gateway/files/file-tokens';
import type { Unusable } from '../../gateway/files/found-file';
import type { ContentCipher } from '../store/content-cipher';
import { keyOf, numberOf, type Row, toAttributes, toKey } from '../store/row';
import { Conflict, type ContentTable } from '../store/table';
import { deleteRow, inTable, putRow, updateRow, type Write } from '../store/writes';
import { FAILURE_TEXT, lostText, NOT_CONVERTED, readReport } from './conversion-report';
import { WAITING } from './conversion-state';
import { FILES } from './file-keys';
import type { FileRecord } from './file-record';

/** After this time DynamoDB deletes a request. */
const REQUEST_SECONDS = 86_400;

/** Where the conversion of a file is requested. */
export interface ConversionRequests {
  /** The name of the table, in the Region of the content. */
  readonly table: string;
  /**
   * Called after a request was stored.
   *
   * @default - the table's stream starts the conversion
   */
  readonly requested?: () => void;
}

/** The state of a file's conversion, in its row. */
const STATES = { waiting: WAITING, done: 'done', failed: 'failed' } as const;

/** How a file is shown to its owner. */
export interface ShownState {
  readonly status: 'uploaded' | 'processed' | 'error';
  readonly details?: string;
}

export interface ConversionParts {
  readonly table: ContentTable;
  readonly cipher: ContentCipher;
  /** None where office files are refused. */
  readonly requests?: ConversionRequests;
  /** Whether new objects stay until they are deleted. */
  readonly stays: boolean;
  readonly now: () => Date;
}

/**
 * The conversions of files to text. A file's row and the request are stored together; the function that converts writes the text and a
 * report into the bucket, and the first request that needs the report copies it to the file's row.
 */
export class Conversions {
  constructor(private readonly parts: ConversionParts) {}

  /** Whether files of office programs are converted here. */
  public get isOn(): boolean {
    return this.parts.requests !== undefined;
  }

  /** The attributes of the row of a file that waits. */
  public waiting(): Row {
    return toAttributes({ conversion: STATES.waiting, convertBy: this.parts.now().getTime() + CONVERT_WITHIN_MS });
  }

  /** The write that requests the conversion of a file, for the transaction that stores it. */
  public request(user: string, file: string, objects: readonly string[]): Write[] {
    const { requests, stays, now } = this.parts;
    if (requests === undefined) return [];
    const seconds = Math.floor(now().getTime() / 1_000);
    const row: Row = {
      ...conversionRow(user, file),
      ...toAttributes({ [EXPIRES_AT]: seconds + REQUEST_SECONDS }),
      parts: { L: objects.map((S) => ({ S })) },
      stays: { BOOL: stays },
    };
    return [inTable(requests.table, putRow(row))];
  }

  /** To be called once a request is stored. */
  public requested(): void {
    this.parts.requests?.requested?.();
  }

  /** The write that ends a request, for the transaction that deletes the file. A conversion that ends later deletes its text. */
  public withdraw(user: string, file: string): Write[] {
    const { requests } = this.parts;
    if (requests === undefined) return [];
    const { pk, sk } = conversionRow(user, file);
    return [inTable(requests.table, deleteRow({ pk: pk.S, sk: sk.S }))];
  }

  /** The row of a file with the outcome of its conversion, if it has ended. */
  public async settled(user: string, row: Row): Promise<Row> {
    if (row.conversion?.S !== STATES.waiting) return row;
    const { table, cipher } = this.parts;
    const key = keyOf(row);
    const report = await readReport(cipher, user, key.sk.slice(FILES.length));
    if (report === undefined) return row;
    const record = await cipher.decrypt<FileRecord>(user, row);
    const bytes = 'bytes' in report ? report.bytes : 0;
    const attributes = toAttributes({
      conversion: 'failure' in report ? STATES.failed : STATES.done,
      textBytes: bytes,
      tokens: Math.ceil(bytes / BYTES_A_TOKEN),
      ...(await cipher.encrypt(user, key, { ...record, conversion: report })),
    });
    const names = Object.keys(attributes);
    const write = updateRow(key, `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`, {
      ConditionExpression: '#conversion = :waiting',
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(names.map((name) => [`:${name}`, attributes[name] ?? { NULL: true }])),
        ':waiting': { S: STATES.waiting },
      },
    });
    try {
      await table.transact([write]);
    } catch (error) {
      // Another request noted the same outcome, or deleted the file, first.
      if (!(error instanceof Conflict)) throw error;
    }
    return { ...row, ...toKey(key), ...attributes };
  }

  /** How a file is shown, by its settled row. */
  public shown(row: Row, { conversion }: FileRecord): ShownState {
    if (row.conversion === undefined) return { status: 'processed' };
    if (row.conversion.S === STATES.waiting) {
      return this.isLate(row) ? { status: 'error', details: `The file ${NOT_CONVERTED}.` } : { status: 'uploaded' };
    }
    if (conversion !== undefined && 'lost' in conversion) {
      return { status: 'processed', details: lostText(conversion.lost) };
    }
    return { status: 'error', details: `The file ${FAILURE_TEXT[conversion?.failure ?? 'crashed']}.` };
  }

  /** Why no model can be sent a file, by its settled row. */
  public unusable(row: Row, { conversion }: FileRecord): Unusable | undefined {
    if (row.conversion === undefined || row.conversion.S === STATES.done) return undefined;
    if (row.conversion.S === STATES.waiting) {
      return this.isLate(row)
        ? { isForNow: false, reason: NOT_CONVERTED }
        : { isForNow: true, reason: 'is still being converted to text' };
    }
    const failure = conversion !== undefined && 'failure' in conversion ? conversion.failure : 'crashed';
    return { isForNow: false, reason: FAILURE_TEXT[failure] };
  }

  private isLate(row: Row): boolean {
    return numberOf(row, 'convertBy') <= this.parts.now().getTime();
  }
}
