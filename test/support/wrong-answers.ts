import type { LocalResponse } from '@/lib/local/aws/shared/request-handler';

/** A row as DynamoDB's protocol has it: bytes are in base64. */
export type AnsweredRow = Record<string, { S?: string; N?: string; B?: string } | undefined>;

/** An answer of DynamoDB. */
export type Answered = Record<string, unknown> & {
  Item?: AnsweredRow;
  Items?: AnsweredRow[];
  Attributes?: AnsweredRow;
};

/** Changes an answer; undefined if the change doesn't apply to it. */
export type Change = (answer: Answered) => object | undefined;

/** The rows in an answer. */
export const rowsIn = ({ Item, Items = [], Attributes }: Answered): AnsweredRow[] =>
  [Item, ...Items, Attributes].filter((row) => row !== undefined);

/** An answer of DynamoDB with a change; undefined for the answers of other services and where the change doesn't apply. */
export function changedAnswer(answer: LocalResponse, change: Change): LocalResponse | undefined {
  if (!`${answer.headers['content-type']}`.includes('json-1.0')) return undefined;
  const changed = change(JSON.parse(Buffer.from(answer.body as Uint8Array).toString()));
  return changed && { ...answer, body: Buffer.from(JSON.stringify(changed)) };
}
