import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** What npm ships: what `files` names, and these whatever it says. */
const SHIPPED: string[] = [...JSON.parse(read('package.json')).files, 'README.md', 'LICENSE', 'package.json'];

const pages = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(path.join(ROOT, 'examples')).map((example) => `examples/${example}/README.md`),
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.posix.join('docs', file)),
];

const links = pages.flatMap((page) =>
  [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target): [string, string] => [page, target]),
);

/** What GitHub and npm make of a heading. */
const slugs = (file: string) =>
  [...read(file).matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const isShipped = (file: string) => SHIPPED.some((shipped) => file === shipped || file.startsWith(`${shipped}/`));

test.each(links)('in %s the link to %s leads to what exists and is shipped', (page, target) => {
  const [file = '', anchor] = target.split('#');
  const found = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
  expect(existsSync(path.join(ROOT, found))).toBe(true);
  // A page that isn't shipped may link to what isn't.
  expect(isShipped(found) || !isShipped(page)).toBe(true);
  if (anchor !== undefined) expect(slugs(found)).toContain(anchor);
});

test('the pages link to one another', () => expect(links.length).toBeGreaterThan(5));
