import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectTaggingCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { LocalAws } from '@/lib/local/aws/local-aws';

const folder = mkdtempSync(path.join(tmpdir(), 's3-'));
const open = () =>
  new LocalAws({ file: path.join(folder, 'content.sqlite'), region: 'eu-central-1', tables: [], buckets: ['files'] });
let aws = open();
let s3 = aws.s3();
afterAll(() => {
  aws.close();
  rmSync(folder, { recursive: true });
});

const Bucket = 'files';
const put = (Key: string, Body: Uint8Array | string, over: Partial<PutObjectCommandInput> = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...over }));
const get = async (Key: string, over: Partial<GetObjectCommandInput> = {}) => {
  const { Body, ...rest } = await s3.send(new GetObjectCommand({ Bucket, Key, ...over }));
  return { ...rest, bytes: Buffer.from((await Body?.transformToByteArray()) ?? []) };
};
const named = (name: string) => expect.objectContaining({ name });

test('objects are returned unchanged, also after a restart', async () => {
  const body = randomBytes(300_000);
  const key = 'user/a b+ü/&<file>.pdf';
  const { ETag, VersionId } = await put(key, body, { ContentType: 'application/pdf', Metadata: { sha: 'x' } });
  expect(ETag).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
  aws.close();
  aws = open();
  s3 = aws.s3();
  const found = await get(key);
  expect(found.bytes.equals(body)).toBe(true);
  expect(found).toMatchObject({ ETag, VersionId, ContentType: 'application/pdf', Metadata: { sha: 'x' } });
  expect(found.ContentLength).toBe(body.length);
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: key }));
  expect(head).toMatchObject({ ETag, ContentLength: body.length });
});

test('an empty object is stored', async () => {
  await put('empty', new Uint8Array());
  expect((await get('empty')).bytes).toHaveLength(0);
});

test.each([
  ['bytes=2-4', '234', 'bytes 2-4/10'],
  ['bytes=7-', '789', 'bytes 7-9/10'],
  ['bytes=-2', '89', 'bytes 8-9/10'],
  ['bytes=5-99', '56789', 'bytes 5-9/10'],
])('the range %s', async (Range, text, ContentRange) => {
  await put('range', '0123456789');
  const found = await get('range', { Range });
  expect(found.bytes.toString()).toBe(text);
  expect(found.ContentRange).toBe(ContentRange);
});

test('a missing object is reported as missing', async () => {
  await put('range', '0123456789');
  await expect(get('range', { Range: 'bytes=10-' })).rejects.toEqual(named('InvalidRange'));
  await expect(get('none')).rejects.toEqual(named('NoSuchKey'));
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toEqual(named('NotFound'));
  await expect(get('none', { VersionId: 'v' })).rejects.toEqual(named('NoSuchVersion'));
  await expect(get('a', { Bucket: 'other' })).rejects.toEqual(named('NoSuchBucket'));
});

test('a conditional write requires an absent or unchanged object', async () => {
  const first = await put('once', 'a', { IfNoneMatch: '*' });
  await expect(put('once', 'b', { IfNoneMatch: '*' })).rejects.toEqual(named('PreconditionFailed'));
  await expect(put('once', 'b', { IfMatch: '"other"' })).rejects.toEqual(named('PreconditionFailed'));
  await put('once', 'c', { IfMatch: first.ETag });
  expect((await get('once')).bytes.toString()).toBe('c');
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'once' }));
  await put('once', 'd', { IfNoneMatch: '*' });
});

test('a deleted object stays a version until the version is deleted', async () => {
  const { VersionId: first } = await put('kept', '1');
  const { VersionId: second } = await put('kept', '2');
  const { VersionId: marker, DeleteMarker } = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'kept' }));
  expect(DeleteMarker).toBe(true);
  await expect(get('kept')).rejects.toEqual(named('NoSuchKey'));
  expect((await get('kept', { VersionId: first })).bytes.toString()).toBe('1');
  const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'kept' }));
  expect(Versions?.map(({ VersionId }) => VersionId)).toEqual([second, first]);
  expect(DeleteMarkers).toMatchObject([{ VersionId: marker, IsLatest: true }]);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'kept', VersionId: marker }));
  expect((await get('kept')).bytes.toString()).toBe('2');
  const Objects = [first, second].map((VersionId) => ({ Key: 'kept', VersionId }));
  await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  await expect(get('kept', { VersionId: first })).rejects.toEqual(named('NoSuchVersion'));
});

test('lists are sorted, filtered by prefix and paged', async () => {
  for (const n of ['b', 'a', 'c', 'd']) await put(`list/${n}`, n);
  await put('lisu', 'x');
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'list/d' }));
  const keys: (string | undefined)[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/', MaxKeys: 2, ContinuationToken }));
    keys.push(...(page.Contents ?? []).map(({ Key }) => Key));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  expect(keys).toEqual(['list/a', 'list/b', 'list/c']);
});

describe('a multipart upload', () => {
  const begin = async (Key: string) => {
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'text/plain' }));
    const part = async (PartNumber: number, Body: Uint8Array) => {
      const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
      return { PartNumber, ETag };
    };
    const complete = (...Parts: { PartNumber: number; ETag?: string }[]) =>
      s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    return { UploadId, part, complete };
  };
  const MOST = 5 * 1024 * 1024;

  test('becomes an object only when it is complete', async () => {
    const { UploadId, part, complete } = await begin('parts');
    const [large, small] = [randomBytes(MOST), randomBytes(10)];
    const second = await part(2, small);
    await part(1, randomBytes(5));
    const first = await part(1, large);
    await expect(get('parts')).rejects.toEqual(named('NoSuchKey'));
    const { Parts } = await s3.send(new ListPartsCommand({ Bucket, Key: 'parts', UploadId }));
    expect(Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, MOST],
      [2, 10],
    ]);
    await complete(first, second);
    const found = await get('parts');
    expect(found.bytes.equals(Buffer.concat([large, small]))).toBe(true);
    expect(found.ContentType).toBe('text/plain');
    await expect(complete(first, second)).rejects.toEqual(named('NoSuchUpload'));
  });

  test('is refused if parts are unknown, out of order or too small', async () => {
    const { part, complete } = await begin('wrong');
    const [first, second] = [await part(1, Buffer.from('a')), await part(2, Buffer.from('b'))];
    await expect(complete(first, { ...second, ETag: '"other"' })).rejects.toEqual(named('InvalidPart'));
    await expect(complete(second, first)).rejects.toEqual(named('InvalidPartOrder'));
    await expect(complete(first, second)).rejects.toEqual(named('EntityTooSmall'));
  });

  test('leaves nothing when it is aborted', async () => {
    const { UploadId, part } = await begin('given-up');
    await part(1, Buffer.from('a'));
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'given-up', UploadId }));
    await expect(part(2, Buffer.from('b'))).rejects.toEqual(named('NoSuchUpload'));
    await expect(get('given-up')).rejects.toEqual(named('NoSuchKey'));
  });
});

test('an unsupported request is refused explicitly', async () => {
  const unsupported = named('UnsupportedByLocalStore');
  await expect(s3.send(new PutObjectAclCommand({ Bucket, Key: 'a', ACL: 'private' }))).rejects.toEqual(unsupported);
  await expect(put('a', 'a', { StorageClass: 'GLACIER' })).rejects.toEqual(unsupported);
});

test('tags are sent with an object, changed separately, and belong to one version', async () => {
  const Key = 'tagged';
  const tags = async () => (await s3.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet;
  await put(Key, 'x', { Tagging: 'a=1&b%3Ac=2%202' });
  expect(await tags()).toEqual([
    { Key: 'a', Value: '1' },
    { Key: 'b:c', Value: '2 2' },
  ]);
  await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key }));
  expect(await tags()).toEqual([]);
  const TagSet = [{ Key: 'a', Value: '<&>' }];
  await s3.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet } }));
  expect(await tags()).toEqual(TagSet);
  expect((await get(Key)).bytes.toString()).toBe('x');
  await put(Key, 'y');
  expect(await tags()).toEqual([]);
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  await expect(tags()).rejects.toEqual(named('MethodNotAllowed'));
});
