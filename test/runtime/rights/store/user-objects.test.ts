import { DeleteObjectsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { Stopped } from '@/lib/runtime/rights/jobs/stopped';
import { UserObjects } from '@/lib/runtime/rights/store/user-objects';

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
