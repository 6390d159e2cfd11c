import { readFileSync } from 'node:fs';
import path from 'node:path';
import { architecturePage, readmePicture } from '@/scripts/pages/architecture-page';

const read = (file: string) => readFileSync(path.join(__dirname, '../..', file), 'utf8');

test.each([architecturePage, readmePicture])(
  'the picture in $file is that of the sample; after a change: npm run docs',
  ({ file, render }) => {
    expect(read(file)).toBe(render());
  },
);

test.each([
  [
    architecturePage.file,
    'Projects/Gateway/Gateway/Function',
    'Workspace/Gateway/Gateway/Function',
    'Workspace/Conversations/Table',
  ],
  [readmePicture.file, 'Projects/Gateway', 'Workspace/Gateway', 'Workspace/Conversations'],
])('%s shows the projects without any store of content, and a workspace with its own', (file, ...boxes) => {
  const page = read(file);
  const [projects, workspace, store] = boxes.map((text) => new RegExp(`(n\\d+)\\["${text}<br/>`).exec(page)?.[1]);
  expect(store).toMatch(/^n\d+$/);
  expect(page).toContain(`  ${workspace} --> ${store}\n`);
  expect(page).toContain(`  ${projects} --> `);
  expect(page).not.toContain(`  ${projects} --> ${store}\n`);
});
