import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** The files that npm publishes: those in `files`, and these in any case. */
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

/** The anchors that GitHub and npm create for the headings of a page, or for those of one level. */
const slugs = (file: string, level = '#+') =>
  [...read(file).matchAll(new RegExp(`^${level} +(.+)$`, 'gm'))].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const isShipped = (file: string) => SHIPPED.some((shipped) => file === shipped || file.startsWith(`${shipped}/`));

test.each(links)('%s links to %s, which exists and is published', (page, target) => {
  const [file = '', anchor] = target.split('#');
  const found = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
  expect(existsSync(path.join(ROOT, found))).toBe(true);
  // An unpublished page may link to an unpublished file.
  expect(isShipped(found) || !isShipped(page)).toBe(true);
  if (anchor !== undefined) expect(slugs(found)).toContain(anchor);
});

test('the pages contain links to each other', () => expect(links.length).toBeGreaterThan(5));

/** The links from the part before the first section to sections of the same page. */
const contentsOf = (page: string) =>
  [...(read(page).split(/^## /m)[0] ?? '').matchAll(/\]\(#([^)\s]+)\)/g)].map(([, anchor = '']) => anchor);

test.each(pages.filter((page) => contentsOf(page).length > 3))(
  'the contents of %s have all of its sections',
  (page) => {
    expect(contentsOf(page)).toEqual(expect.arrayContaining(slugs(page, '##')));
  },
);
