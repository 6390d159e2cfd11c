import { LINK_DAYS } from '../../contract/record-links';
import type { ResidencyFile } from '../schema/schema';

/** What is stored about each request, without its content. */
export interface RecordsConfig {
  /** For how long records are locked as evidence; by default as long as the ledger of requests says. */
  readonly evidenceDays?: number;
  /** For how long a record can be linked to its member. */
  readonly memberDays: number;
}

/** Converts the periods that the schema accepts: one is `30d`. */
export const readRecords = ({ evidence, members }: NonNullable<ResidencyFile['records']> = {}): RecordsConfig => ({
  ...(evidence !== undefined && { evidenceDays: Number.parseInt(evidence, 10) }),
  memberDays: members === undefined ? LINK_DAYS : Number.parseInt(members, 10),
});
