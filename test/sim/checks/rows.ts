import { certificatesPrefix } from '@/lib/contract/objects';
import { contentPartition, RIGHTS_PARTITION } from '@/lib/contract/tables';
import { WORKSPACE } from '../deployment/workspace';
import type { JobView } from '../model/jobs';
import { BUCKET, EVIDENCE, KEYS, QUEUE, type Stores, TABLE, USAGE } from '../stores/stores';

// biome-ignore lint/suspicious/noExplicitAny: rows have no types
type Item = any;

const ITEM = 'SELECT item FROM item WHERE tbl = ? AND pk = ?';

const items = (stores: Stores, table: string, pk: string, rest = '', ...values: string[]): Item[] =>
  stores.read(`${ITEM} ${rest}`, table, pk, ...values).map(({ item }) => JSON.parse(String(item)));

/** A job's row, read from the store itself. */
export function jobRow(stores: Stores, id: string): JobView | undefined {
  const [row] = items(stores, TABLE, RIGHTS_PARTITION, 'AND sk = ?', `job#${id}`);
  return row === undefined ? undefined : toView(row);
}

/** All jobs, read from the store itself. */
export const jobRows = (stores: Stores): JobView[] =>
  items(stores, TABLE, RIGHTS_PARTITION, "AND sk >= 'job#' AND sk < 'job#~'").map(toView);

/** The ids of holds in place, by the reasons that they were given. */
export const holdRows = (stores: Stores): Map<string, { id: string; isReleased: boolean }> =>
  new Map(
    items(stores, TABLE, RIGHTS_PARTITION, "AND sk >= 'hold#' AND sk < 'hold#~'").map((row) => [
      row.reason.S,
      { id: row.sk.S.slice('hold#'.length), isReleased: row.releasedAt !== undefined },
    ]),
  );

/** Some ciphertexts of a user. */
export const ciphertexts = (stores: Stores, user: string): Uint8Array[] =>
  items(stores, TABLE, contentPartition(user), "AND sk > 'a' ORDER BY sk LIMIT 12").flatMap((row) =>
    row.content?.B === undefined ? [] : [Buffer.from(row.content.B, 'base64')],
  );

/** Some ciphertexts of a user's jobs: batches, results of their lines, and what waits. */
export const ciphertextsOfJobs = (stores: Stores, user: string): Uint8Array[] =>
  ['batch#', 'batchline#', 'running#'].flatMap((prefix) =>
    items(
      stores,
      TABLE,
      contentPartition(user),
      'AND sk > ? AND sk < ? ORDER BY sk LIMIT 2',
      prefix,
      `${prefix}~`,
    ).flatMap((row) => (row.content?.B === undefined ? [] : [Buffer.from(row.content.B, 'base64')])),
  );

/** Whether the key store has a key of a user. */
export const hasKey = (stores: Stores, user: string): boolean =>
  stores.read(
    'SELECT 1 AS one FROM item WHERE tbl = ? AND pk = ? AND sk <> ? LIMIT 1',
    KEYS,
    `${WORKSPACE}/${user}`,
    'erased',
  ).length > 0;

/** What is left of a user's content, in words; undefined if nothing is. */
export function leftOf(stores: Stores, user: string): string | undefined {
  const [row] = stores.read('SELECT sk FROM item WHERE tbl = ? AND pk = ? LIMIT 1', TABLE, contentPartition(user));
  if (row !== undefined) return `row ${row.sk}`;
  const [object] = stores.read(
    'SELECT key FROM object WHERE bucket = ? AND instr(key, ?) > 0 LIMIT 1',
    BUCKET,
    `/${user}/`,
  );
  if (object !== undefined) return `object ${object.key}`;
  const [count] = stores.read('SELECT sk FROM item WHERE tbl = ? AND instr(sk, ?) > 0 LIMIT 1', USAGE, user);
  if (count !== undefined) return `count ${count.sk}`;
  const [job] = stores.read('SELECT pk FROM item WHERE tbl = ? AND sk = ? LIMIT 1', QUEUE, user);
  if (job !== undefined) return `job ${job.pk}`;
  return hasKey(stores, user) ? 'a key' : undefined;
}

/** The text of a certificate; undefined if there is none. */
export function certificate(stores: Stores, job: string): string | undefined {
  const key = `${certificatesPrefix(WORKSPACE)}${job}.json`;
  const rows = stores.read('SELECT body FROM object WHERE bucket = ? AND key = ?', EVIDENCE, key);
  return rows.length === 1 ? Buffer.from(rows[0]?.body as Uint8Array).toString() : undefined;
}

const toView = (row: Item): JobView => ({
  id: row.sk.S.slice('job#'.length),
  kind: row.kind.S,
  user: row.user?.S ?? '',
  by: row.by.S,
  at: Number(row.at.N),
  step: row.step.S,
  state: row.state.S,
  notBefore: row.notBefore === undefined ? undefined : Number(row.notBefore.N),
  counts: JSON.parse(row.counts?.S ?? '{}'),
  figures: JSON.parse(row.figures?.S ?? '{}'),
  canary: row.canary === undefined ? undefined : Buffer.from(row.canary.B, 'base64'),
});
