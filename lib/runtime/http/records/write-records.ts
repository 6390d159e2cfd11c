import type { OperationsRecord } from './operations';
import type { ResidencyRecord } from './residency-record';

/**
 * Writes both records to standard output, which Lambda sends to the function's log group. `console.log` wouldn't do: Lambda wraps
 * each of its lines in JSON, in which CloudWatch finds no metrics.
 */
export function writeRecords(...records: readonly [ResidencyRecord, OperationsRecord]): void {
  process.stdout.write(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}
