import type { OperationsRecord } from './operations';
import type { ResidencyRecord } from './residency-record';

/**
 * Writes both records to standard output, which Lambda sends to the function's log group. Lambda's console would wrap each
 * line in JSON of its own, in which CloudWatch finds no metrics.
 */
export function writeRecords(...records: readonly [ResidencyRecord, OperationsRecord]): void {
  process.stdout.write(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}
