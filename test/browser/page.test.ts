import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { page } from '@/lib/evidence/page/page';
import { EN } from '@/lib/evidence/page/words/en';
import { axe, type Browser, launch, type Tab, type TabOptions } from './browser';
import { CASES } from './cases';

jest.setTimeout(300_000);

const PICTURES = path.join(__dirname, '../../.local/pictures');
const DESK = { width: 1440, height: 900 };
const TELEPHONE = { width: 390, height: 844 };
/** A4 at 96 dots an inch, without its margins. */
const PAPER = { width: 695, height: 1005 };
const folder = mkdtempSync(path.join(tmpdir(), 'browser-'));

let browser: Browser;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  for (const [name, evidence] of Object.entries(CASES))
    writeFileSync(path.join(folder, `${name}.html`), page(evidence));
  browser = await launch();
});
afterAll(() => browser.close());

/** Opens a page, and collects what it asks for and what the browser complains of. */
async function open(
  name: string,
  options: Partial<TabOptions> = {},
): Promise<Tab & { readonly asked: string[]; readonly complaints: string[] }> {
  const tab = await browser.newPage({ viewport: DESK, colorScheme: 'light', ...options });
  const asked: string[] = [];
  const complaints: string[] = [];
  tab.on('request', (request) => asked.push(request.url()));
  tab.on('console', (message) => complaints.push(message.text()));
  tab.on('pageerror', (error) => complaints.push(`${error}`));
  await tab.goto(address(name));
  return Object.assign(tab, { asked, complaints });
}

/** Lays out all parts of the page, also those that aren't in view. */
const LAID_OUT =
  "for (const part of document.querySelectorAll('main > section')) part.style.contentVisibility = 'visible'";

const address = (name: string): string => pathToFileURL(path.join(folder, `${name}.html`)).href;

/** More rows of a table have the same form; axe takes minutes for thousands. */
const ROWS = 25;
const SHORTENED = `for (const { rows } of document.querySelectorAll('tbody')) for (const row of [...rows].slice(${ROWS})) row.remove()`;

/** What axe finds in the first rows of each table: the rule and the first element of each. */
async function violations(tab: Tab): Promise<string[]> {
  await tab.evaluate(`${SHORTENED}; ${LAID_OUT}`);
  await tab.evaluate(axe());
  return tab.evaluate<string[]>(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.length} x ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`))",
  );
}

const LOOKS: Readonly<Record<string, readonly [options: Partial<TabOptions>, media: 'screen' | 'print']>> = {
  light: [{}, 'screen'],
  dark: [{ colorScheme: 'dark' }, 'screen'],
  telephone: [{ viewport: TELEPHONE }, 'screen'],
  print: [{ viewport: PAPER, colorScheme: 'dark' }, 'print'],
};

describe.each(Object.keys(CASES))('the page of %s', (name) => {
  test.each(Object.entries(LOOKS))('has no violation that axe finds: %s', async (_, [options, media]) => {
    const tab = await open(name, options);
    await tab.emulateMedia({ media });
    expect(await violations(tab)).toEqual([]);
    await tab.close();
  });

  test('asks for nothing but itself, and the browser complains of nothing', async () => {
    const tab = await open(name);
    await tab.evaluate('new Promise((done) => setTimeout(done, 300))');
    expect(tab.asked).toEqual([address(name)]);
    expect(tab.complaints).toEqual([]);
    await tab.close();
  });

  test.each([DESK.width, 1024, 768, TELEPHONE.width, 320])('has nothing wider than a screen of %i', async (width) => {
    const tab = await open(name, { viewport: { width, height: 900 } });
    await tab.evaluate(LAID_OUT);
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await tab.close();
  });

  test('is saved as pictures and as A4, where each page repeats the head of its table', async () => {
    for (const [look, [options, media]] of Object.entries(LOOKS)) {
      if (media === 'print') continue;
      const tab = await open(name, options);
      await tab.evaluate(LAID_OUT);
      // The rest of a longer page looks the same.
      const height = Math.min(await tab.evaluate<number>('document.documentElement.scrollHeight'), 8000);
      await tab.setViewportSize({ width: options.viewport?.width ?? DESK.width, height });
      await tab.screenshot({ path: path.join(PICTURES, `${name}-${look}.png`) });
      await tab.close();
    }
    const tab = await open(name);
    const file = path.join(PICTURES, `${name}.pdf`);
    await tab.pdf({ path: file, preferCSSPageSize: true });
    await tab.close();
    const pages = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 1e8 }).split('\f');
    const { store, key, retention } = EN.columns;
    const head = new RegExp(`${store} +${EN.columns.region} +${key} +${retention}`);
    const rows = /DynamoDB table|S3 bucket/;
    for (const text of pages) if (rows.test(text) && !/Protects/.test(text)) expect(text).toMatch(head);
    expect(pages.filter((text) => head.test(text)).length).toBeGreaterThan(0);
  });
});

test('a page with a hundred workspaces opens with under a second of processor time', async () => {
  const tab = await browser.newPage({ viewport: DESK, colorScheme: 'light' });
  const session = await tab.context().newCDPSession(tab);
  await session.send('Performance.enable', {});
  await tab.goto(address('hundred-workspaces'));
  const time = await tab.evaluate<number>(
    "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.getEntriesByType('navigation')[0].loadEventEnd))))",
  );
  const { metrics } = await session.send('Performance.getMetrics', {});
  const used = metrics?.find(({ name }) => name === 'ThreadTime')?.value ?? Number.POSITIVE_INFINITY;
  // A busy machine takes longer, whatever the page costs.
  process.stdout.write(
    `a hundred workspaces: ${used.toFixed(2)} s of processor time, opened after ${time.toFixed(0)} ms\n`,
  );
  expect(used).toBeLessThan(1);
  await tab.close();
});

const shown = "[...document.querySelectorAll('tr[data-status]')].filter((row) => row.checkVisibility()).length";

/** Waits for a condition in the page. */
async function until(tab: Tab, condition: string): Promise<void> {
  while (!(await tab.evaluate(condition))) await new Promise((later) => setTimeout(later, 20));
}

test('without a script, everything is shown and there are no controls', async () => {
  const tab = await open('everything', { javaScriptEnabled: false });
  const { rows, controls } = await tab.evaluate<{ rows: number; controls: boolean }>(
    `({ rows: ${shown}, controls: document.getElementById('controls').checkVisibility() })`,
  );
  const { head: _, format: __, ...sections } = CASES.everything ?? {};
  expect(rows).toBe(Object.values(sections).flat().length);
  expect(controls).toBe(false);
  await tab.close();
});

test('the filter shows the rows that contain a text and have a result, says how many, and so does a printed page', async () => {
  const tab = await open('everything');
  const all = await tab.evaluate<number>(shown);
  await tab.fill('#filter', 'EU-WEST-2');
  await until(tab, `${shown} === 1`);
  expect(await tab.evaluate("document.getElementById('shown').textContent")).toBe(`Rows shown: 1 of ${all}`);
  await tab.emulateMedia({ media: 'print' });
  expect(await tab.evaluate("document.getElementById('filtered').checkVisibility()")).toBe(true);
  await tab.emulateMedia({ media: 'screen' });
  await tab.fill('#filter', '');
  await tab.selectOption('#result', 'failed');
  await until(tab, `${shown} === document.querySelectorAll('tr[data-status=failed]').length`);
  await tab.selectOption('#result', '');
  await until(tab, `${shown} === ${all}`);
  await tab.emulateMedia({ media: 'print' });
  expect(await tab.evaluate("document.getElementById('filtered').checkVisibility()")).toBe(false);
  await tab.close();
});

test('a column is sorted by its button, in both directions, and says so', async () => {
  const tab = await open('everything');
  const first = "document.querySelector('[aria-labelledby=regions] tbody tr').id";
  const order = "document.querySelector('[aria-labelledby=regions] th').getAttribute('aria-sort')";
  await tab.click('[aria-labelledby=regions] th button');
  expect([await tab.evaluate(first), await tab.evaluate(order)]).toEqual(['region%3Aeu-central-1', 'ascending']);
  await tab.click('[aria-labelledby=regions] th button');
  expect([await tab.evaluate(first), await tab.evaluate(order)]).toEqual(['region%3Aus-east-1', 'descending']);
  await tab.close();
});

test('the theme follows the system until the reader chooses one; paper is always light', async () => {
  const tab = await open('everything', { colorScheme: 'dark' });
  const paper = 'getComputedStyle(document.body).backgroundColor';
  expect(await tab.evaluate(paper)).toBe('rgb(17, 22, 29)');
  await tab.selectOption('#theme', 'light');
  expect(await tab.evaluate(paper)).toBe('rgb(255, 255, 255)');
  await tab.selectOption('#theme', 'dark');
  await tab.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await tab.evaluate(paper)).toBe('rgb(255, 255, 255)');
  await tab.close();
});

test('the keyboard reaches the link to the report first, then each part and each control', async () => {
  const tab = await open('everything');
  const reached: string[] = [];
  for (let press = 0; press < 16; press += 1) {
    await tab.keyboard.press('Tab');
    reached.push(
      await tab.evaluate<string>("document.activeElement.getAttribute('href') ?? document.activeElement.id"),
    );
  }
  expect(reached[0]).toBe('#report');
  expect(reached).toEqual(expect.arrayContaining(['#places', '#keys', 'filter', 'result', 'theme']));
  await tab.close();
});
