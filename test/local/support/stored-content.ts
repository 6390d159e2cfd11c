import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { BRANCH_KEY_TABLE, PARTITION_KEY, SORT_KEY } from '@/lib/contract/tables';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import { keyStoreClient } from '@/lib/runtime/workspace/keyring/key-store-client';
import { ContentCipher } from '@/lib/runtime/workspace/store/content-cipher';
import { ContentObjects } from '@/lib/runtime/workspace/store/objects';
import type { Row } from '@/lib/runtime/workspace/store/row';

/** Everything that a workspace of `serve` stores of its members, decrypted. */
export interface StoredContent {
  /** The content of each row, by its user and sort key. Counters and times of a row aren't content. */
  readonly rows: ReadonlyMap<string, unknown>;
  readonly objects: ReadonlyMap<string, string>;
}

/** Reads the data folder of a `serve` that has stopped. */
export async function storedContentOf(data: string, workspace: string): Promise<StoredContent> {
  const [table, keys, bucket] = [`${workspace}-content`, `${workspace}-keys`, `${workspace}-files`];
  const aws = new LocalAws({
    file: path.join(data, 'content.sqlite'),
    region: 'eu-central-1',
    tables: [
      { name: table, partitionKey: PARTITION_KEY, sortKey: SORT_KEY },
      { name: keys, ...BRANCH_KEY_TABLE },
    ],
    buckets: [bucket],
  });
  try {
    const keyStore = {
      workspace,
      table: { client: keyStoreClient(aws.dynamodb()), name: keys },
      key: { client: aws.kms(), arn: aws.keyArn(workspace) },
    };
    const cipher = new ContentCipher(new BranchKeyring(keyStore), new ContentObjects(aws.s3(), bucket));
    const rows = new Map<string, unknown>();
    for await (const { Items = [] } of paginateScan({ client: aws.dynamodb() }, { TableName: table })) {
      for (const row of Items) {
        const [, user] = /^user#(.*)$/.exec(row.pk?.S ?? '') ?? [];
        if (user !== undefined) rows.set(`${user} ${row.sk?.S}`, await contentOf(cipher, user, row));
      }
    }
    const objects = new Map<string, string>();
    const { Contents = [] } = await aws.s3().send(new ListObjectsV2Command({ Bucket: bucket }));
    for (const { Key = '' } of Contents) {
      const { Body } = await aws.s3().send(new GetObjectCommand({ Bucket: bucket, Key }));
      objects.set(Key, (await Body?.transformToString('base64')) ?? '');
    }
    return { rows, objects };
  } finally {
    aws.close();
  }
}

/** The rows of an export describe its files, and aren't encrypted as a row. */
const contentOf = (cipher: ContentCipher, user: string, row: Row): Promise<unknown> =>
  (row.content === undefined && row.object === undefined) || row.sk?.S?.startsWith('export')
    ? Promise.resolve(row.sha256?.S)
    : cipher.decrypt(user, row);

/** What of the content before is missing afterwards. A list may be continued, and an upload may become a file of all its parts. */
export function missing(before: StoredContent, after: StoredContent): string[] {
  const rows = [...before.rows].filter(([key, content]) => {
    if (!after.rows.has(key)) return !isInFile(key, after);
    return !continues(content, after.rows.get(key));
  });
  const objects = [...before.objects].filter(([key, content]) => after.objects.get(key) !== content);
  return [...rows, ...objects].map(([key]) => key);
}

const continues = (before: unknown, after: unknown): boolean =>
  isDeepStrictEqual(before, Array.isArray(before) && Array.isArray(after) ? after.slice(0, before.length) : after);

function isInFile(key: string, { rows }: StoredContent): boolean {
  const [, user, kind, hex, part] = /^(\S+) (upload|part)#upload_([0-9a-f]+)#?(.*)$/.exec(key) ?? [];
  const file = rows.get(`${user} file#file-${hex}`) as { readonly parts: readonly string[] } | undefined;
  return file !== undefined && (kind === 'upload' || file.parts.includes(part ?? ''));
}
