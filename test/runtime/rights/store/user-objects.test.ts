import { DeleteObjectsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { Stopped } from '@/lib/runtime/rights/jobs/stopped';
import { UserObjects } from '@/lib/runtime/rights/store/user-objects';
import { named, scripted } from '../support/scripted';

const PREFIX = 'content/ada/';
const version = (nth: number) => ({ Key: `${PREFIX}${nth}`, VersionId: `v${nth}` });

/** A bucket with versions, two to a page after some empty ones, that answers deletions as a test chooses. */
function bucketOf(count: number, deleted: (objects: readonly object[]) => object, emptyPages = 0) {
  const versions = Array.from({ length: count }, (_, nth) => version(nth));
  const send = async (command: unknown) => {
    if (command instanceof ListObjectVersionsCommand) {
      const { KeyMarker = '' } = command.input;
      const empty = Number(/^empty-(.*)$/.exec(KeyMarker)?.[1] ?? 0);
      if (empty < emptyPages) return { IsTruncated: true, NextKeyMarker: `empty-${empty + 1}` };
      const [page, IsTruncated] = [versions.slice(0, 2), versions.length > 2];
      const { Key: NextKeyMarker, VersionId: NextVersionIdMarker } = page[1] ?? {};
      return { Versions: page, IsTruncated, ...(IsTruncated && { NextKeyMarker, NextVersionIdMarker }) };
    }
    if (command instanceof DeleteObjectsCommand) return deleted(versions);
    throw new Error('no other call is expected');
  };
  return { versions, objects: new UserObjects({ send: send as never }, 'files') };
}

test('every version is deleted, page by page', async () => {
  const { versions, objects } = bucketOf(5, (all) => (all as object[]).splice(0, 2) && {});
  expect(await objects.delete(PREFIX, 20)).toEqual({ deleted: 5, isDone: true });
  expect(versions).toEqual([]);
});

test('what is listed after empty pages is deleted too', async () => {
  const { versions, objects } = bucketOf(5, (all) => (all as object[]).splice(0, 2) && {}, 3);
  expect(await objects.delete(PREFIX, 20)).toEqual({ deleted: 5, isDone: true });
  expect(versions).toEqual([]);
});

test('a prefix of which only empty pages were listed does not count as empty', async () => {
  const { objects } = bucketOf(1, () => ({}), 5);
  expect(await objects.delete(PREFIX, 5)).toEqual({ deleted: 0, isDone: false });
});

test('a version that the bucket reports as locked stops the job, instead of counting as deleted', async () => {
  const { objects } = bucketOf(2, () => ({ Errors: [{ ...version(0), Code: 'AccessDenied', Message: 'locked' }] }));
  const deletion = objects.delete(PREFIX, 20);
  await expect(deletion).rejects.toThrow(Stopped);
  await expect(deletion).rejects.toThrow('1 objects could not be deleted, the first because of AccessDenied');
});

test('a bucket that keeps what it reports as deleted ends in an error, and not in a loop', async () => {
  const { objects } = bucketOf(2, () => ({}));
  await expect(objects.delete(PREFIX, 20)).rejects.toThrow('still lists versions that it reported as deleted');
});

test('a version that is listed as deleted needs no other page, and each deletion names its versions', async () => {
  const marker = { Key: `${PREFIX}9`, VersionId: 'v9' };
  const { calls, client } = scripted(
    { Versions: [version(1)], DeleteMarkers: [marker], IsTruncated: false },
    { Errors: [] },
    {},
  );
  expect(await new UserObjects(client, 'files').delete(PREFIX, 20)).toEqual({ deleted: 2, isDone: true });
  const list = { Bucket: 'files', Prefix: PREFIX, KeyMarker: undefined, VersionIdMarker: undefined };
  expect(calls).toEqual([
    ['ListObjectVersions', list],
    ['DeleteObjects', { Bucket: 'files', Delete: { Objects: [version(1), marker], Quiet: true } }],
    ['ListObjectVersions', list],
  ]);
});

test('a deletion of a number of pages makes no further calls', async () => {
  const page = (nth: number) => ({ Versions: [version(nth)], IsTruncated: true, NextKeyMarker: 'x' });
  const { calls, client } = scripted(page(1), {}, page(2), {}, page(3), {});
  expect(await new UserObjects(client, 'files').delete(PREFIX, 2)).toEqual({ deleted: 2, isDone: false });
  expect(calls).toHaveLength(4);
});

describe('the objects of a user', () => {
  const LIST = { Bucket: 'files', Prefix: PREFIX, MaxKeys: 200 };
  const latest = (nth: number) => ({ ...version(nth), IsLatest: true });

  test('expire by a tag on each current version, page by page', async () => {
    const next = { IsTruncated: true, NextKeyMarker: 'k', NextVersionIdMarker: 'v' };
    const { calls, client } = scripted(
      { Versions: [latest(1), { ...version(1), IsLatest: false }], ...next },
      {},
      { Versions: [latest(2)] },
      {},
    );
    const objects = new UserObjects(client, 'files');
    const after = await objects.setExpiring('ada', true);
    expect(await objects.setExpiring('ada', true, after)).toBeUndefined();
    const tagging = { TagSet: [{ Key: 'residency-expires', Value: 'yes' }] };
    expect(calls).toEqual([
      ['ListObjectVersions', { ...LIST, KeyMarker: undefined, VersionIdMarker: undefined }],
      ['PutObjectTagging', { Bucket: 'files', Key: `${PREFIX}1`, Tagging: tagging }],
      ['ListObjectVersions', { ...LIST, KeyMarker: 'k', VersionIdMarker: 'v' }],
      ['PutObjectTagging', { Bucket: 'files', Key: `${PREFIX}2`, Tagging: tagging }],
    ]);
  });

  test('stay without the tag, and one that was deleted meanwhile is skipped', async () => {
    const [gone, deleted] = [named('NoSuchKey'), named('MethodNotAllowed')];
    const { calls, client } = scripted({ Versions: [latest(1), latest(2), latest(3)] }, gone, deleted, {});
    expect(await new UserObjects(client, 'files').setExpiring('ada', false)).toBeUndefined();
    const untagged = [1, 2, 3].map((nth) => ['DeleteObjectTagging', { Bucket: 'files', Key: `${PREFIX}${nth}` }]);
    expect(calls.slice(1)).toEqual(untagged);
  });

  test('aren’t said to stay while the bucket refuses to change a tag', async () => {
    const { client } = scripted({ Versions: [latest(1)] }, named('AccessDenied'));
    await expect(new UserObjects(client, 'files').setExpiring('ada', false)).rejects.toThrow('of a store');
  });

  test('may be none', async () => {
    const { calls, client } = scripted({});
    expect(await new UserObjects(client, 'files').setExpiring('ada', false)).toBeUndefined();
    expect(calls).toHaveLength(1);
  });
});
