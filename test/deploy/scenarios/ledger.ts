import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetPublicKeyCommand, SignCommand } from '@aws-sdk/client-kms';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectRetentionCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { readCheckpoint } from '@/lib/ledger/checkpoint';
import { ledgerKey } from '@/lib/ledger/keys';
import { readNote } from '@/lib/ledger/note';
import { recordLeaf } from '@/lib/ledger/record-leaf';
import { signedBy } from '@/lib/ledger/signatures';
import { Tree } from '@/lib/ledger/tree';
import { asAdministrator } from '../harness/administrator';
import { ACCOUNT } from '../harness/emulator';
import { arnOfKey } from '../read-back/arn';
import {
  type Context,
  FOUNDATION,
  LEDGER,
  LEDGER_CLOSE,
  PROJECTS,
  RECORD_LINKS,
  WORKSPACE,
} from '../read-back/context';
import { refused } from '../read-back/refused-calls';
import { auditedBundle } from './audited-bundle';
import type { DeployedApis } from './deployed-apis';

/** A line of the ledger. */
interface Line {
  readonly record: Record<string, unknown>;
  readonly salt: string;
}

const DAY_MS = 86_400_000;
const LOCK_DAYS = 400;
/** An hour is closed five minutes after it is over. */
const CLOSED_MS = 65 * 60_000;

/** The deployed function writes the requests so far into the ledger, with its role's permissions, and a third party verifies it. */
export async function ledger(context: Context, apis: DeployedApis): Promise<void> {
  const { report, aws, deployed } = context;
  const Bucket = deployed.one('AWS::S3::Bucket', `${FOUNDATION}/Evidence`).physicalId;
  const KeyId = arnOfKey(deployed, LEDGER);
  const close = async () => {
    const FunctionName = deployed.one('AWS::Lambda::Function', LEDGER_CLOSE).physicalId;
    const { FunctionError, Payload } = await aws.lambda.send(
      new InvokeCommand({ FunctionName, Payload: '{"source":"aws.events"}' }),
    );
    assert.equal(FunctionError, undefined, Buffer.from(Payload ?? []).toString());
  };
  const versions = async () => {
    const { Versions = [] } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'ledger/' }));
    return Versions.map(({ Key = '', VersionId = '' }) => ({ Key, VersionId }));
  };
  const bytes = async (Key: string) => {
    const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket, Key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };

  const at = new Date(Date.now() - CLOSED_MS);
  const hour = at.toISOString().slice(0, 13);
  const folder = `ledger/${hour.replaceAll('-', '/').replace('T', '/')}`;
  const records = await report.require(
    'ledger: the records of each process of a gateway are numbered without a gap',
    () => deliver(context, apis, at),
    (all) => `${all.length} records`,
  );
  const admitted = records.filter(isNumbered);
  await report.require('ledger: its function closes the hour, with the permissions of its role', close);

  const lines: Line[] = gunzipSync(await bytes(`${folder}.ndjson.gz`))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const leaves = lines.map(({ record, salt }) => recordLeaf(record, Buffer.from(salt, 'base64url')));
  await report.check('ledger: each record is a leaf, and the last leaf counts the hour', () => {
    const { event, records: count, late, gaps, failed, refused: lost, unauthenticated } = lines.at(-1)?.record ?? {};
    assert.deepEqual([event, count, unauthenticated], ['hour', admitted.length, records.length - admitted.length]);
    assert.deepEqual([late, gaps, failed, lost], [0, 0, 0, 0]);
    const expected = admitted.map(({ salt, ...record }) => record);
    const numbered = (all: readonly object[]) => all.map((one) => JSON.stringify(one, Object.keys(one).sort())).sort();
    assert.deepEqual(numbered(lines.slice(0, -1).map(({ record }) => record)), numbered(expected));
    return `${lines.length} leaves`;
  });
  await report.check('ledger: rows link records to members, and no leaf names one', async () => {
    const TableName = deployed.one('AWS::DynamoDB::GlobalTable', RECORD_LINKS).physicalId;
    const { Items = [] } = await aws.dynamodb.send(new ScanCommand({ TableName }));
    const ids = new Set(lines.map(({ record }) => record.id));
    const links = Items.map(({ pk, at: link }) => ({
      member: pk?.S?.slice('user#'.length) ?? '',
      id: link?.S?.split('#')[1],
    }));
    assert.ok(links.length > 0, 'no request is linked');
    for (const { id } of links) assert.ok(ids.has(id), `record ${id} is linked, and no leaf`);
    const members = [...new Set(links.map(({ member }) => member))];
    for (const member of members) assert.ok(!JSON.stringify(lines).includes(member), `a leaf names ${member}`);
    return `${links.length} links to ${members.length} members`;
  });
  await report.check("ledger: the key's signature is on the checkpoint of exactly these leaves", async () => {
    const { PublicKey } = await aws.kms.send(new GetPublicKeyCommand({ KeyId }));
    const publicKey = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
    const origin = `cdk-eu-residency/${ACCOUNT}/${aws.region}/exemple-ledger`;
    const note = readNote((await bytes(`ledger/checkpoints/${leaves.length}`)).toString());
    assert.deepEqual(signedBy(ledgerKey(origin, 'log', publicKey), note), { isSigned: true });
    const { size, root } = readCheckpoint(note.text);
    const tree = new Tree();
    for (const leaf of leaves) tree.append(leaf);
    assert.deepEqual([size, root], [leaves.length, tree.root(size)]);
    return note.text.split('\n', 1)[0];
  });
  const written = await versions();
  await report.check(
    `ledger: every object is locked for ${LOCK_DAYS} days, and no version can be deleted`,
    async () => {
      assert.deepEqual(
        written.map(({ Key }) => Key),
        [`${folder}.ndjson.gz`, `${folder}.state.json`, `ledger/checkpoints/${leaves.length}`, 'ledger/start.json'],
      );
      for (const one of written) {
        const { Retention } = await aws.s3.send(new GetObjectRetentionCommand({ Bucket, ...one }));
        const days = ((Retention?.RetainUntilDate?.getTime() ?? 0) - Date.now()) / DAY_MS;
        assert.ok(Retention?.Mode === 'GOVERNANCE' && Math.abs(days - LOCK_DAYS) < 0.1, `${one.Key}: ${days} days`);
      }
      await asAdministrator(aws, async ({ s3 }) => {
        for (const one of written) await refused(s3.send(new DeleteObjectCommand({ Bucket, ...one })));
      });
    },
  );
  await report.check("ledger: an administrator can't write or hide an object of it, or sign", async () => {
    await asAdministrator(aws, async ({ s3, kms }) => {
      const { Key } = written[0] as (typeof written)[number];
      await refused(s3.send(new PutObjectCommand({ Bucket, Key: 'ledger/another', Body: 'x' })));
      await refused(s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' })));
      await refused(s3.send(new DeleteObjectCommand({ Bucket, Key })));
      const signing = { MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' } as const;
      await refused(kms.send(new SignCommand({ KeyId, Message: Buffer.from('x'), ...signing })));
    });
  });
  await report.check('ledger: another run of the function in the same hour writes nothing', async () => {
    await close();
    assert.deepEqual(await versions(), written);
  });
  await report.check('ledger: a third party verifies it in a bundle, in which the trail is missing', () =>
    auditedBundle(context, { Bucket, KeyId, hour, requests: admitted.length }),
  );
}

type LogRecord = Record<string, unknown>;

/** Anyone can make requests without a valid key or token, so their records have no number, and no leaf. */
const isNumbered = ({ stream }: LogRecord): boolean => stream !== undefined;

/**
 * Delivers the gateways' records to their log groups, as Lambda would, and as if they were made at another time: the hour of now isn't
 * over. The emulator's filter selects everything, so other lines stay out.
 */
async function deliver({ aws, deployed }: Context, { apiGateway }: DeployedApis, at: Date): Promise<LogRecord[]> {
  const delivered: LogRecord[] = [];
  for (const under of [WORKSPACE, PROJECTS]) {
    const logged = await apiGateway.logged(deployed.one('AWS::Lambda::Function', `${under}/Gateway`).physicalId);
    const records = logged
      .split('\n')
      .filter((line) => line.startsWith('{"event":"residency"'))
      .map((line): LogRecord => ({ ...JSON.parse(line), time: at.toISOString() }));
    const next = new Map<unknown, number>();
    for (const { stream, seq } of records.filter(isNumbered)) {
      assert.equal(seq, next.get(stream) ?? 0, `${under}: number ${seq} of a process isn't the next one`);
      next.set(stream, Number(seq) + 1);
    }
    const logGroupName = deployed.one('AWS::Logs::LogGroup', `${under}/Gateway/Gateway`).physicalId;
    const logStreamName = 'ledger';
    const logEvents = records.map((record) => ({ timestamp: at.getTime(), message: JSON.stringify(record) }));
    await aws.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    await aws.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
    delivered.push(...records);
  }
  return delivered;
}
