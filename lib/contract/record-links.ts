import { contentPartition, EXPIRES_AT, PARTITION_KEY, SORT_KEY, type TableKey } from './tables';

/** The index of links by the hour of their request, in which the members of many records are found at once. */
export const LINKS_BY_HOUR = {
  indexName: 'by-hour',
  /** The hour in UTC, such as `2026-11-27T08`. */
  partitionKey: 'hour',
  /** The time of the request, and the ID of its record. */
  sortKey: 'at',
  /** The attributes in it besides the keys: DynamoDB deletes a row days after it expired. */
  attributes: [EXPIRES_AT],
} as const;

/** For how long a record can be linked to its member, in days, unless the deployment says otherwise. */
export const LINK_DAYS = 30;

/** The record of a member's request. */
export interface RecordLink {
  /** The ID of the record. */
  readonly id: string;
  /** When the request arrived, in ISO 8601. */
  readonly time: string;
}

/** The hour of a time in ISO 8601. */
export const hourOf = (time: string): string => time.slice(0, 'YYYY-MM-DDTHH'.length);

/**
 * The key of a link. CloudTrail records keys, for longer than links are stored. So the key has no ID of a record, and
 * no time that is more exact than the event's own.
 *
 * @param random tells apart the links of one minute
 */
export const linkKey = (member: string, time: string, random: string): TableKey => ({
  [PARTITION_KEY]: contentPartition(member),
  [SORT_KEY]: `${time.slice(0, 'YYYY-MM-DDTHH:MM'.length)}#${random}`,
});

/** The time and the ID in one attribute, which sorts by time. */
export const linkText = ({ id, time }: RecordLink): string => `${time}#${id}`;

const TEXT = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)#([\w-]{1,64})$/;

/** The link in that attribute. @throws if it has another form */
export function readLink(text: string | undefined): RecordLink {
  const [, time, id] = TEXT.exec(text ?? '') ?? [];
  if (time !== undefined && id !== undefined) return { id, time };
  throw new Error('a row of the table of links has another form, so it names no record; see which version wrote it');
}
