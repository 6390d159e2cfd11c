import { createHash } from 'node:crypto';
import type { RecordLink } from '../../contract/record-links';

/** CloudWatch's patterns have at most 1,024 characters, and an ID takes about fifty. */
const IDS_AT_ONCE = 16;

/** A search reads the whole log of its time. */
const SPAN_MS = 3_600_000;

/** Links whose records one search finds: those of an hour, by the order of their minutes. */
export function groupsOf(links: readonly RecordLink[]): RecordLink[][] {
  const groups: RecordLink[][] = [];
  for (const link of links) {
    const group = groups.at(-1);
    const times = [...(group ?? []), link].map(({ time }) => Date.parse(time));
    const isNear = Math.max(...times) - Math.min(...times) <= SPAN_MS;
    if (group !== undefined && group.length < IDS_AT_ONCE && isNear) group.push(link);
    else groups.push([link]);
  }
  return groups;
}

/** The position of CloudWatch in the search of a group, together with the group. */
export const positionOf = (group: readonly RecordLink[], token: string | undefined): string | undefined =>
  token && `${digestOf(group)}${token}`;

/** The position of CloudWatch in it; none if the group has changed since, so that its search begins again. */
export function tokenOf(group: readonly RecordLink[], position: string | undefined): string | undefined {
  const digest = digestOf(group);
  return position?.startsWith(digest) ? position.slice(digest.length) : undefined;
}

const digestOf = (group: readonly RecordLink[]): string =>
  createHash('sha256')
    .update(group.map(({ id }) => id).join(' '))
    .digest('base64url');
