import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { counterPartition, releasedPartition, type TableKey } from '../../../contract/tables';
import type { Month } from '../limits/calendar-month';
import type { GroupOfMonth, UseOfModel } from './released';

type Row = Readonly<Record<string, AttributeValue>>;

/** What a member used in a month. */
export const memberRow = (tenant: string, month: Month, member: string) =>
  ({ pk: { S: counterPartition(tenant) }, sk: { S: `month#${month}#${member}` } }) satisfies TableKey<object>;

/** The tokens of each model, from a row of counts. */
export const tokensByModel = (row: Row): Record<string, number> =>
  Object.fromEntries([...readGroup(null, row).models].map(([model, { tokens }]) => [model, tokens]));

/** What a group used in a month. */
export const groupRow = (tenant: string, month: Month, group: string | null) =>
  ({ pk: { S: counterPartition(tenant) }, sk: { S: `group#${month}#${group ?? ''}` } }) satisfies TableKey<object>;

/** The names of the groups that used anything in a month. The empty text, which no set may hold, isn't among them. */
export const groupsRow = (tenant: string, month: Month) =>
  ({ pk: { S: counterPartition(tenant) }, sk: { S: `groups#${month}` } }) satisfies TableKey<object>;

/** The blocks of a month: all that the role of readers may read. */
export const releasedRow = (tenant: string, month: Month) =>
  ({ pk: { S: releasedPartition(tenant) }, sk: { S: month } }) satisfies TableKey<object>;

const MARK = '#';

/** The attribute of a kind of count of a model. */
export const countOf = (kind: keyof UseOfModel, model: string): string => `${kind}${MARK}${model}`;

/** The row of a group, read. */
export function readGroup(group: string | null, row: Row): GroupOfMonth {
  const models = new Map<string, UseOfModel>();
  for (const [name, { N }] of Object.entries(row)) {
    const [kind = '', ...rest] = name.split(MARK);
    if (rest.length === 0) continue;
    const model = rest.join(MARK);
    const before = models.get(model) ?? { tokens: 0, members: 0 };
    models.set(model, { ...before, [kind]: Number(N) });
  }
  return { group, members: Number(row.members?.N ?? 0), models };
}
