import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { axe, type Browser, launch, type TabOptions } from '../browser/browser';
import { cleanUp, unpackedIn } from './reader';
import { ServedExports } from './served-exports';

jest.setTimeout(300_000);

const DESK = { width: 1280, height: 900 };
const WIDTHS = [DESK.width, 390, 320];
const A4 = /^Page size: +59[45](\.\d+)? x 84[12](\.\d+)? pts \(A4\)$/m;

const exports = new ServedExports();
let browser: Browser;
let folder: string;
/** The page of contents, and one of each folder. */
let pages: readonly string[];
beforeAll(async () => {
  browser = await launch();
  await exports.start();
  await exports.store(40);
  folder = unpackedIn(await exports.exported('member'));
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const first = folders.map(({ name }) => path.join(name, pagesIn(name)[0] ?? ''));
  pages = ['index.html', ...first];
});
afterAll(async () => {
  await browser.close();
  await exports.end();
  cleanUp();
});

const pagesIn = (name: string) => readdirSync(path.join(folder, name)).filter((file) => file.endsWith('.html'));
const address = (page: string) => pathToFileURL(path.join(folder, page)).href;

const VIOLATIONS =
  "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`))";

async function opened(page: string, options: Partial<TabOptions> = {}) {
  const tab = await browser.newPage({ viewport: DESK, ...options });
  const asked: string[] = [];
  const complaints: string[] = [];
  tab.on('request', (request) => asked.push(request.url()));
  tab.on('console', (message) => complaints.push(message.text()));
  tab.on('pageerror', (error) => complaints.push(`${error}`));
  await tab.goto(address(page));
  return Object.assign(tab, { asked, complaints });
}

test('each folder of lines has a page, and the contents link to all of them', async () => {
  const folders = [
    'conversations',
    'items',
    'responses',
    'threads',
    'files',
    'prompts',
    'prompt_versions',
    'shares',
    'shared_files',
  ];
  const others = ['uploads', 'upload_parts', 'usage', 'records'];
  expect(pages.map((page) => path.dirname(page)).sort()).toEqual(['.', ...folders, ...others].sort());
  const tab = await opened('index.html');
  const links = await tab.evaluate<string[]>("[...document.links].map((link) => link.getAttribute('href'))");
  const all = pages
    .slice(1)
    .flatMap((page) => pagesIn(path.dirname(page)).map((file) => `${path.dirname(page)}/${file}`));
  expect([...links].sort()).toEqual(all.sort());
  expect(links.every((link) => existsSync(path.join(folder, link)))).toBe(true);
  await tab.click(`a[href^="items/"]`);
  expect(await tab.evaluate('document.title')).toMatch(/^Items \d+$/);
  await tab.click('a');
  expect(await tab.evaluate('document.title')).toBe('Content of member');
  await tab.close();
});

test.each([true, false])('pages ask for nothing and run no script, with JavaScript %s', async (javaScriptEnabled) => {
  const seen: object[] = [];
  for (const page of pages) {
    const tab = await opened(page, { javaScriptEnabled });
    const [scripts, title, elements] = await tab.evaluate<[number, string, number]>(
      "[document.scripts.length, document.title, document.querySelectorAll('img, iframe, object, embed, form, base, link, svg, [onerror], [onmouseover]').length]",
    );
    seen.push({ page, asked: tab.asked, complaints: tab.complaints, scripts, elements, ran: title === 'run' });
    await tab.close();
  }
  const nothing = { complaints: [], scripts: 0, elements: 0, ran: false };
  expect(seen).toEqual(pages.map((page) => ({ page, asked: [address(page)], ...nothing })));
});

test.each(['light', 'dark'] as const)(
  'pages have no violation that axe finds, and fit each screen: %s',
  async (colorScheme) => {
    const found: Record<string, unknown> = {};
    for (const page of pages) {
      const tab = await opened(page, { colorScheme });
      const widths: number[] = [];
      for (const width of WIDTHS) {
        await tab.setViewportSize({ width, height: 900 });
        widths.push(await tab.evaluate<number>('document.documentElement.scrollWidth'));
      }
      await tab.evaluate(axe());
      found[page] = [widths, await tab.evaluate<string[]>(VIOLATIONS)];
      await tab.close();
    }
    expect(found).toEqual(Object.fromEntries(pages.map((page) => [page, [WIDTHS, []]])));
  },
);

test('pages print on A4, with all of their text', async () => {
  for (const page of pages) {
    const tab = await opened(page);
    const file = path.join(folder, 'printed.pdf');
    await tab.pdf({ path: file, preferCSSPageSize: true });
    expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(A4);
    await tab.close();
    const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    // A line can be broken anywhere.
    const unbroken = text.replaceAll(/\s/g, '');
    if (page.startsWith('items/')) expect(unbroken).toContain('<script>fetch("https://collector.example")</script>');
    if (page === 'index.html') expect(text).toContain('manifest.json lists every file');
  }
});
