/**
 * A table of keys and counters in its own process, which answers DynamoDB's calls of a deployed gateway at once from memory. It prints its
 * port. A real table also takes some milliseconds of network and work, in which the gateway waits.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Attribute = { readonly S?: string; readonly N?: string };
type Item = Record<string, Attribute>;

interface Call {
  readonly Key: Item;
  readonly Item?: Item;
  readonly ExpressionAttributeValues?: Item;
}

const items = new Map<string, Item>();
const keyOf = ({ pk, sk }: Item) => `${pk?.S} ${sk?.S}`;

/** A counter counts up; no limit is ever reached. */
function count({ Key, ExpressionAttributeValues = {} }: Call) {
  const before = Number(items.get(keyOf(Key))?.count?.N ?? 0);
  const counted = { N: `${before + Number(ExpressionAttributeValues[':amount']?.N)}` };
  items.set(keyOf(Key), { ...Key, count: counted });
  return { Attributes: { count: counted } };
}

const OPERATIONS: Readonly<Record<string, (call: Call) => object>> = {
  GetItem: ({ Key }) => ({ Item: items.get(keyOf(Key)) }),
  PutItem: ({ Item = {} }) => {
    items.set(keyOf(Item), Item);
    return {};
  },
  UpdateItem: count,
};

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    const operate = OPERATIONS[`${request.headers['x-amz-target']}`.split('.')[1] ?? ''];
    const answer = operate?.(JSON.parse(Buffer.concat(pieces).toString())) ?? { __type: 'UnknownOperationException' };
    response
      .writeHead(operate ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify(answer));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));

// Ends with the measuring process, however that ends.
process.once('disconnect', () => process.exit(0));
