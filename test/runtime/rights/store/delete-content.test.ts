import { type ContentAccess, deleteObjects, deleteRows } from '@/lib/runtime/rights/store/delete-content';

const row = (nth: number) => ({ pk: { S: 'user#ada' }, sk: { S: `file#${nth}` } });

/** Content of which each page is given, and what was deleted of it. */
function contentOf(pages: readonly { rows: object[]; last?: string }[], objects: readonly object[] = []) {
  const deleted: object[] = [];
  const prefixes: unknown[] = [];
  let page = 0;
  let nth = 0;
  const content = {
    partitions: { page: async () => pages[page++] ?? pages.at(-1) },
    table: { deleteAll: async (rows: object[]) => void deleted.push(...rows) },
    objects: {
      delete: async (...of: unknown[]) => {
        prefixes.push(of);
        return objects[nth++];
      },
    },
  } as unknown as ContentAccess;
  return { content, deleted, prefixes };
}

test('rows are deleted page by page, until no page follows', async () => {
  const { content, deleted } = contentOf([
    { rows: [row(1), row(2)], last: 'file#2' },
    { rows: [row(3)], last: 'file#3' },
    { rows: [] },
  ]);
  expect(await deleteRows(content, 'ada')).toEqual({ deleted: 3, isDone: true });
  expect(deleted).toEqual([row(1), row(2), row(3)]);
});

test('rows that may not be deleted yet end the deletion before them', async () => {
  const { content, deleted } = contentOf([{ rows: [row(1)], last: 'file#1' }, { rows: [row(2)] }]);
  const mayDelete = async (rows: readonly object[]) =>
    rows[0] !== undefined && !JSON.stringify(rows).includes('file#2');
  expect(await deleteRows(content, 'ada', mayDelete)).toEqual({ deleted: 1, isDone: false });
  expect(deleted).toEqual([row(1)]);
});

test('one step deletes twenty pages at most, and says that there are more', async () => {
  const pages = Array.from({ length: 22 }, (_, nth) => ({ rows: [row(nth)], last: `file#${nth}` }));
  const { content, deleted } = contentOf(pages);
  expect(await deleteRows(content, 'ada')).toEqual({ deleted: 20, isDone: false });
  expect(deleted).toHaveLength(20);
});

test('rows that the table lists again after their deletion don’t count as deleted', async () => {
  const { content } = contentOf([{ rows: [row(1)], last: 'file#1' }]);
  await expect(deleteRows(content, 'ada')).rejects.toThrow('still lists rows that it reported as deleted');
});

test('a table that reports more rows without any isn’t empty', async () => {
  const { content } = contentOf([{ rows: [], last: 'file#1' }]);
  await expect(deleteRows(content, 'ada')).rejects.toThrow('reports more rows without any of them');
});

test('the objects of content and then of exports are deleted, twenty pages each', async () => {
  const { content, prefixes } = contentOf(
    [],
    [
      { deleted: 2, isDone: true },
      { deleted: 3, isDone: true },
    ],
  );
  expect(await deleteObjects(content, 'ada')).toEqual({ deleted: 5, isDone: true });
  expect(prefixes).toEqual([
    ['content/ada/', 20],
    ['exports/ada/', 20],
  ]);
});

test('while one prefix isn’t empty, the objects aren’t deleted', async () => {
  const half = contentOf(
    [],
    [
      { deleted: 2, isDone: true },
      { deleted: 1, isDone: false },
    ],
  );
  expect(await deleteObjects(half.content, 'ada')).toEqual({ deleted: 3, isDone: false });
  const first = contentOf([], [{ deleted: 2, isDone: false }]);
  expect(await deleteObjects(first.content, 'ada')).toEqual({ deleted: 2, isDone: false });
});
