import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PAGE_WORDS } from '@/lib/evidence/page/words/page-words';
import { axe, type Browser, launch, type Tab } from './browser';
import { CASES, IS_ALL } from './cases';
import { address, DESK, open } from './open';

jest.setTimeout(300_000);

const PICTURES = path.join(__dirname, '../../.local/pictures');
const TELEPHONE = { width: 390, height: 844 };
/** A4 at 96 dots an inch, without its margins. */
const PAPER = { width: 695, height: 1005 };
const WIDTHS = [DESK.width, 1024, 768, TELEPHONE.width, 320];

let browser: Browser;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await launch();
});
afterAll(() => browser.close());

/** Lays out all parts of the page, also those that aren't in view. */
const LAID_OUT =
  "for (const part of document.querySelectorAll('main > section')) part.style.contentVisibility = 'visible'";

/** More rows of a table have the same form; axe takes minutes for thousands. */
const ROWS = 25;
const SHORTENED = `for (const { rows } of document.querySelectorAll('tbody')) for (const row of [...rows].slice(${ROWS})) row.remove()`;

/** What axe finds: the rule and the first element of each. */
const VIOLATIONS =
  "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.length} x ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`))";

type Media = Parameters<Tab['emulateMedia']>[0];

const LOOKS: Readonly<Record<string, readonly [size: { width: number; height: number }, media: Media]>> = {
  light: [DESK, { colorScheme: 'light' }],
  dark: [DESK, { colorScheme: 'dark' }],
  telephone: [TELEPHONE, { colorScheme: 'light' }],
  print: [PAPER, { media: 'print', colorScheme: 'dark' }],
};

/** The looks that are saved as pictures; paper is a document of its own. */
const PICTURED = IS_ALL ? ['light', 'dark', 'telephone'] : ['light', 'telephone'];

async function show(tab: Tab, look: string): Promise<void> {
  const [size, media] = LOOKS[look] ?? [DESK, {}];
  await tab.setViewportSize(size);
  await tab.emulateMedia({ media: 'screen', ...media });
}

describe.each(Object.entries(CASES))('the page of %s', (name, { language = 'en', isRepeated = false }) => {
  const looks = isRepeated && !IS_ALL ? ['light'] : Object.keys(LOOKS);

  test(`has no violation that axe finds: ${looks.join(', ')}`, async () => {
    const tab = await open(browser, name);
    await tab.evaluate(`${SHORTENED}; ${LAID_OUT}`);
    await tab.evaluate(axe());
    const found: Record<string, readonly string[]> = {};
    for (const look of looks) {
      await show(tab, look);
      found[look] = await tab.evaluate<string[]>(VIOLATIONS);
    }
    expect(found).toEqual(Object.fromEntries(looks.map((look) => [look, []])));
    await tab.close();
  });

  test('asks for nothing but itself, the browser complains of nothing, and nothing is wider than a screen', async () => {
    const tab = await open(browser, name);
    await tab.evaluate(LAID_OUT);
    const widths: number[] = [];
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: 900 });
      widths.push(await tab.evaluate<number>('document.documentElement.scrollWidth'));
    }
    await tab.evaluate('new Promise((done) => setTimeout(done, 300))');
    expect({ widths, asked: tab.asked, complaints: tab.complaints }).toEqual({
      widths: WIDTHS,
      asked: [address(name)],
      complaints: [],
    });
    await tab.close();
  });

  test('is saved as pictures and as A4, where each page repeats the head of its table', async () => {
    const tab = await open(browser, name);
    const file = path.join(PICTURES, `${name}.pdf`);
    await tab.pdf({ path: file, preferCSSPageSize: true });
    await tab.evaluate(LAID_OUT);
    for (const look of PICTURED) {
      await show(tab, look);
      // The rest of a longer page looks the same.
      const height = Math.min(await tab.evaluate<number>('document.documentElement.scrollHeight'), 8000);
      await tab.setViewportSize({ width: LOOKS[look]?.[0].width ?? DESK.width, height });
      await tab.screenshot({ path: path.join(PICTURES, `${name}-${look}.png`) });
    }
    await tab.close();
    const pages = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 1e8 }).split('\f');
    const { store, region, key, retention } = PAGE_WORDS[language].columns;
    const head = new RegExp(`${store} +${region} +${key} +${retention}`);
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
