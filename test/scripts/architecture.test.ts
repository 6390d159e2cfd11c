import { readFileSync } from 'node:fs';
import path from 'node:path';
import { architecturePage, readmePicture } from '../../scripts/pages/architecture-page';

const read = (file: string) => readFileSync(path.join(__dirname, '../..', file), 'utf8');
const page = read(architecturePage.file);

test.each([architecturePage, readmePicture])(
  'the picture in $file is that of the sample; after a change: npm run docs',
  ({ file, render }) => {
    expect(read(file)).toBe(render());
  },
);

test('it shows the projects without any store of content, and a workspace with its own', () => {
  const idOf = (text: string) => new RegExp(`(n\\d+)\\["${text}<br/>`).exec(page)?.[1] ?? '';
  const projects = idOf('Projects/Gateway/Gateway/Function');
  const workspace = idOf('Workspace/Gateway/Gateway/Function');
  const store = idOf('Workspace/Conversations/Table');
  expect(page).toContain(`${workspace} --> ${store}`);
  expect(page).not.toContain(`${projects} --> ${store}`);
});
