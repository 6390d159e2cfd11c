import { readFileSync } from 'node:fs';
import path from 'node:path';
import { architecturePage } from '@/scripts/pages/architecture-page';

const page = readFileSync(path.join(__dirname, '../..', architecturePage.file), 'utf8');

test('the graphs match the deployed sample; after a change: npm run docs', () => {
  expect(page).toBe(architecturePage.render());
});

test.each([
  ['By part', 'Projects/Gateway', 'Workspace/Gateway', 'Workspace/Conversations'],
  [
    'By resource',
    'Projects/Gateway/Gateway/Function',
    'Workspace/Gateway/Gateway/Function',
    'Workspace/Conversations/Table',
  ],
])('the graph "%s" connects a workspace to its content store, and the projects to none', (heading, ...boxes) => {
  const [, graph = ''] = new RegExp(`\n## ${heading}\n.*?^\`\`\`mermaid\n(.*?)^\`\`\`$`, 'ms').exec(page) ?? [];
  const [projects, workspace, store] = boxes.map((text) => new RegExp(`(n\\d+)\\["${text}<br/>`).exec(graph)?.[1]);
  expect(store).toMatch(/^n\d+$/);
  expect(graph).toContain(`  ${workspace} --> ${store}\n`);
  expect(graph).toContain(`  ${projects} --> `);
  expect(graph).not.toContain(`  ${projects} --> ${store}\n`);
});
