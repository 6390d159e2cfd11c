import type { LocalRequest, LocalResponse } from '@/lib/local/aws/shared/request-handler';
import { type Change, changedAnswer, rowsIn } from '@/test/support/wrong-answers';

/**
 * One answer that is wrong; undefined where the kind of mistake doesn't apply to a call.
 *
 * @param answer what the store answered; without it, the mistake may answer in place of a call that isn't made
 */
export type Mistake = (request: LocalRequest, answer?: LocalResponse) => LocalResponse | undefined;

const json =
  (change: Change): Mistake =>
  (_, answer) =>
    answer && changedAnswer(answer, change);

/** The first answer to the same request, such as a row before it was changed. */
const earlier = (): Mistake => {
  const first = new Map<string, LocalResponse>();
  return ({ headers, path, body }, answer) => {
    if (answer === undefined) return undefined;
    const key = `${headers['x-amz-target']} ${path} ${Buffer.from(body)}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, answer);
    return known;
  };
};

/** The answer to a deletion of many rows that deletes none. */
const leftOver: Mistake = ({ headers, body }, answer) => {
  if (answer !== undefined || !headers['x-amz-target']?.endsWith('.BatchWriteItem')) return undefined;
  const { RequestItems } = JSON.parse(Buffer.from(body).toString());
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Buffer.from(JSON.stringify({ UnprocessedItems: RequestItems })),
  };
};

/** What a store does wrong once, in answers to the calls of an erasure. */
export const MISTAKES: Readonly<Record<string, () => Mistake>> = {
  'no body': () => (_, answer) => answer && { ...answer, body: Buffer.alloc(0) },
  'an empty answer': () => json(() => ({})),
  'no rows, in the form of an answer': () =>
    json((answer) => (answer.Items === undefined ? undefined : { Items: [], Count: 0, ScannedCount: 0 })),
  "another user's rows": () =>
    json((answer) => {
      const rows = rowsIn(answer);
      if (rows.length === 0) return undefined;
      return JSON.parse(JSON.stringify(answer).replaceAll(/(user#|rights#|sciences\/)ada-\d+/g, '$1eve'));
    }),
  'another row': () =>
    json((answer) => {
      for (const row of rowsIn(answer)) {
        if (row.sk?.S !== undefined) row.sk = { S: `${row.sk.S}0` };
        if (row.type?.S !== undefined) row.type = { S: `${row.type.S}0` };
      }
      return rowsIn(answer).length === 0 ? undefined : answer;
    }),
  'an earlier version': earlier,
  'a truncated ciphertext': () =>
    json((answer) => {
      const cut = rowsIn(answer).flatMap((row) =>
        Object.values(row).flatMap((value) => (value?.B === undefined ? [] : value)),
      );
      for (const value of cut) value.B = Buffer.from(`${value.B}`, 'base64').subarray(0, -5).toString('base64');
      return cut.length === 0 ? undefined : answer;
    }),
  'the same page again': () =>
    json((answer) => {
      const [row] = rowsIn(answer);
      if (answer.Items === undefined || row === undefined) return undefined;
      return { ...answer, LastEvaluatedKey: row.pk === undefined ? {} : { pk: row.pk, sk: row.sk } };
    }),
  'rows left over, which are not deleted': () => leftOver,
  ...Object.fromEntries(
    ['kind', 'user', 'by', 'at', 'step', 'state', 'version', 'counts', 'figures', 'canary', 'erased-at', 'enc'].map(
      (name) => [
        `a row without '${name}'`,
        () =>
          json((answer) => {
            const rows = rowsIn(answer).filter((row) => row[name] !== undefined);
            for (const row of rows) delete row[name];
            return rows.length === 0 ? undefined : answer;
          }),
      ],
    ),
  ),
};
