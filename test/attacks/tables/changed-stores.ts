import { type AttributeValue, DeleteItemCommand, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { AttackTable, Scenario } from '../attack';
import { ROUTES } from '../routes';
import type { Seen, Sender, Target } from '../target';
import { SECRET } from '../words';
import { type Stored, storedBy, type World } from '../world';

type Row = Record<string, AttributeValue>;

/** The routes that show content, and those that send it to a model. */
const READS = ROUTES.filter(({ as, method, isOwn }) => as.includes('member') && method === 'GET' && !isOwn);

/** Every read by a sender of the member's content. */
async function readBy(as: Sender, { ids }: World, target: Target): Promise<ReadonlyMap<string, Seen>> {
  const seen = new Map<string, Seen>();
  for (const { route, request } of READS) seen.set(route, await target.send({ ...request(ids), as }));
  const body = { model: 'assistant', input: 'repeat', store: false };
  for (const [name, more] of Object.entries({
    'a response in the conversation': { conversation: ids.conversation, store: true },
    'a response after the response': { previous_response_id: ids.response },
    'a response with the prompt': { prompt: { id: ids.prompt, variables: { a: 'x' } } },
  })) {
    seen.set(name, await target.send({ as, method: 'POST', path: '/v1/responses', body: { ...body, ...more } }));
  }
  return seen;
}

/** Reads that showed the member's content to another sender. */
const shown = (seen: ReadonlyMap<string, Seen>): string[] =>
  [...seen]
    .filter(([, { body }]) => body.includes(SECRET))
    .map(([name, { status }]) => `${name} showed content: ${status}`);

async function rowsOf(target: Target, table: string, of: (row: Row) => boolean): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const { Items = [] } of paginateScan({ client: target.stores.dynamodb }, { TableName: table }))
    rows.push(...Items.filter(of));
  return rows;
}

const isOfMember = ({ pk }: Row) => pk?.S === 'user#member';
const kindOf = ({ sk }: Row) => `${sk?.S}`.split('#')[0] ?? '';

/** A row whose bytes are changed near their end. */
const flipped = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value.B === undefined
        ? value
        : { B: value.B.map((byte, at, { length }) => (at === length - 30 ? byte ^ 1 : byte)) },
    ]),
  );

async function put(target: Target, table: string, rows: readonly Row[]): Promise<void> {
  for (const Item of rows) await target.stores.dynamodb.send(new PutItemCommand({ TableName: table, Item }));
}

async function remove(target: Target, table: string, rows: readonly Row[], keys: readonly string[]): Promise<void> {
  for (const row of rows) {
    const Key = Object.fromEntries(keys.map((name) => [name, row[name] as AttributeValue]));
    await target.stores.dynamodb.send(new DeleteItemCommand({ TableName: table, Key }));
  }
}

/** Copies every row and object of the member to the other member, who reads them. */
const copied: Scenario = {
  name: 'all rows and objects copied to another member',
  run: async (world, target) => {
    const { content } = target.tables;
    const rows = (await rowsOf(target, content, isOfMember)).map((row) => ({ ...row, pk: { S: 'user#otherMember' } }));
    const objects = await copyObjects(target, 'member', 'otherMember');
    await put(target, content, rows);
    const wrong = shown(await readBy('otherMember', world, target));
    await remove(target, content, rows, ['pk', 'sk']);
    for (const Key of objects) await target.stores.s3.send(new DeleteObjectCommand({ Bucket: target.bucket, Key }));
    return [...(rows.length > 8 ? [] : [`only ${rows.length} rows were copied`]), ...wrong];
  },
};

async function copyObjects(target: Target, from: string, to: string): Promise<string[]> {
  const { s3 } = target.stores;
  const copies: string[] = [];
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: target.bucket }));
  for (const { Key = '' } of Contents.filter((object) => object.Key?.includes(`/${from}/`))) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: target.bucket, Key }));
    const copy = Key.replace(`/${from}/`, `/${to}/`);
    await s3.send(new PutObjectCommand({ Bucket: target.bucket, Key: copy, Body: await Body?.transformToByteArray() }));
    copies.push(copy);
  }
  return copies;
}

/** The branch key of the member in the place of the other member's, with the rows. */
const keyed = (name: string, change: (row: Row) => Row): Scenario => ({
  name,
  run: async (world, target) => {
    const { content, keys } = target.tables;
    const isKeyOf = (user: string) => (row: Row) => row['branch-key-id']?.S === `sciences/${user}`;
    const before = await rowsOf(target, keys, isKeyOf('otherMember'));
    const wrapped = (await rowsOf(target, keys, isKeyOf('member'))).map((row) =>
      change({ ...row, 'branch-key-id': { S: 'sciences/otherMember' } }),
    );
    const rows = (await rowsOf(target, content, isOfMember)).map((row) => ({ ...row, pk: { S: 'user#otherMember' } }));
    await put(target, keys, wrapped);
    await put(target, content, rows);
    const wrong = shown(await readBy('otherMember', world, target));
    await remove(target, content, rows, ['pk', 'sk']);
    await put(target, keys, before);
    return [...(wrapped.length > 1 ? [] : ['the member has no key']), ...wrong];
  },
});

/** Each kind of row with changed bytes: the member gets no other content than what they stored. */
const changed = (kind: Kind): Scenario => ({
  name: `changed bytes in rows of the kind ${kind}`,
  run: async (world, target) => {
    const { content } = target.tables;
    const rows = await rowsOf(target, content, (row) => isOfMember(row) && kindOf(row) === kind);
    const before = await readBy('member', world, target);
    await put(target, content, rows.map(flipped));
    const after = await readBy('member', world, target);
    await put(target, content, rows);
    return [...(rows.length > 0 ? [] : ['there is no such row']), ...misled(before, after)];
  },
});

/** What a request for another answer of the model adds to: the items, and the tokens that were used. */
const LISTS = /^GET \/v1\/(?:conversations\/:id\/items|usage)$/;

/** An answer without the time at which a key stops, which each new token of these tests moves. */
const lasting = (body: string): string => body.replace(/"stops_at":\d+/g, '');

/** The word of the content that a read of other content may never show. */
const OTHER = 'andererinhalt';

/** What reads of changed rows show that they didn't before; at least one of them must fail that didn't. */
function misled(before: ReadonlyMap<string, Seen>, after: ReadonlyMap<string, Seen>): string[] {
  const statusBefore = (name: string) => before.get(name)?.status ?? 0;
  const failed = [...after].filter(([name, { status }]) => status >= 500 && statusBefore(name) < 400);
  const shows = [...after].filter(([name, { status, body }]) => {
    const known = before.get(name)?.body ?? '';
    const isOther = name.startsWith('GET') && !LISTS.test(name) && lasting(body) !== lasting(known);
    return status === 200 && (isOther || (body.includes(OTHER) && !known.includes(OTHER)));
  });
  return [
    ...(failed.length > 0 ? [] : ['no read failed that succeeded before']),
    ...shows.map(([name]) => `${name} showed changed content`),
  ];
}

/** The kinds of rows that hold content, with what names the rows that the reads show. */
const KINDS = {
  conversation: 'conversation',
  segment: 'conversation',
  response: 'response',
  file: 'file',
  prompt: 'prompt',
} as const satisfies Readonly<Record<string, keyof Stored>>;
type Kind = keyof typeof KINDS;

/** A row in the place of another of its kind, of the same member: what the reads name, and other content. */
const moved = (kind: Kind): Scenario => ({
  name: `a row of the kind ${kind} in the place of another`,
  run: async (world, target) => {
    const { content } = target.tables;
    const other = await storedBy(target, 'member', OTHER);
    const rows = await rowsOf(target, content, (row) => isOfMember(row) && kindOf(row) === kind);
    const rowOf = (stored: Stored) => rows.find(({ sk }) => sk?.S?.includes(stored[KINDS[kind]]));
    const [first, second] = [rowOf(world.ids), rowOf(other)];
    if (first === undefined || second === undefined) return [`of ${rows.length} such rows, one is missing`];
    const before = await readBy('member', world, target);
    await put(target, content, [
      { ...second, sk: first.sk as AttributeValue },
      { ...first, sk: second.sk as AttributeValue },
    ]);
    const after = await readBy('member', world, target);
    await put(target, content, rows);
    return misled(before, after);
  },
});

const kinds = Object.keys(KINDS) as Kind[];

/** Stores changed by a principal who may write to them, but not use the keys. */
export const CHANGED_STORES: AttackTable = {
  title: 'changed rows, objects and keys',
  isAlone: true,
  attacks: [
    copied,
    keyed("a member's branch key given to another member", (row) => row),
    keyed('the same with its context changed', (row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          value.S?.includes('member') === true ? { S: value.S.replace(/\bmember\b/, 'otherMember') } : value,
        ]),
      ),
    ),
    ...kinds.map(changed),
    ...kinds.map(moved),
  ],
};
