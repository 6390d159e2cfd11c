import { openProjectIds } from '@/lib/runtime/gateway/open/open-project-ids';
import { keysTable, projectsFixture } from '@/test/runtime/projects/support/projects';

test('the IDs of all open projects are listed, of ended ones too, and nothing else of the table', async () => {
  const { ask, table } = projectsFixture();
  for (const id of ['beta', 'acme']) await ask('PUT', `/${id}`, {});
  await ask('POST', '/acme/end');
  expect(await openProjectIds(table)).toEqual(['acme', 'beta']);
});

test('a table without open projects has no IDs', async () => {
  expect(await openProjectIds(keysTable().table)).toEqual([]);
});
