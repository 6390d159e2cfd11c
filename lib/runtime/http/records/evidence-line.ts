import { randomBytes } from 'node:crypto';
import { countedBecause } from '../../../contract/counted-requests';
import type { ResidencyRecord } from './residency-record';

/** A record as it is written to a log, numbered within its stream, so that the ledger notices a missing one. */
export interface EvidenceLine extends ResidencyRecord {
  /** The process that wrote the line, by a random ID of 128 bits in hexadecimal. */
  readonly stream: string;
  /** The number of the line in its stream, from 0 and without gaps. */
  readonly seq: number;
  /** 128 random bits in base64url. Without them, nothing about the record follows from its digest in the ledger. */
  readonly salt: string;
}

/** The lines of one process. A number is given when a line is written, so the order of a log is that of the numbers. */
export class EvidenceStream {
  private readonly stream = randomBytes(16).toString('hex');
  private next = 0;

  /** A number would be missing in the ledger if it only counts the request. */
  public line(record: ResidencyRecord): EvidenceLine | ResidencyRecord {
    if (countedBecause(record) !== undefined) return record;
    return { ...record, stream: this.stream, seq: this.next++, salt: randomBytes(16).toString('base64url') };
  }
}
