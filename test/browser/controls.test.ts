import { type Browser, launch, type Tab } from './browser';
import { CASES } from './cases';
import { open } from './open';

jest.setTimeout(300_000);

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const shown = "[...document.querySelectorAll('tr[data-status]')].filter((row) => row.checkVisibility()).length";

/** Waits for a condition in the page. */
async function until(tab: Tab, condition: string): Promise<void> {
  while (!(await tab.evaluate(condition))) await new Promise((later) => setTimeout(later, 20));
}

test('without a script, everything is shown and there are no controls', async () => {
  const tab = await open(browser, 'everything', { javaScriptEnabled: false });
  const { rows, controls } = await tab.evaluate<{ rows: number; controls: boolean }>(
    `({ rows: ${shown}, controls: document.getElementById('controls').checkVisibility() })`,
  );
  const { head: _, format: __, ...sections } = CASES.everything?.evidence ?? {};
  expect(rows).toBe(Object.values(sections).flat().length);
  expect(controls).toBe(false);
  await tab.close();
});

test('the filter shows the rows that contain a text and have a result, says how many, and so does a printed page', async () => {
  const tab = await open(browser, 'everything');
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
  const tab = await open(browser, 'everything');
  const first = "document.querySelector('[aria-labelledby=regions] tbody tr').id";
  const order = "document.querySelector('[aria-labelledby=regions] th').getAttribute('aria-sort')";
  await tab.click('[aria-labelledby=regions] th button');
  expect([await tab.evaluate(first), await tab.evaluate(order)]).toEqual(['region%3Aeu-central-1', 'ascending']);
  await tab.click('[aria-labelledby=regions] th button');
  expect([await tab.evaluate(first), await tab.evaluate(order)]).toEqual(['region%3Aus-east-1', 'descending']);
  await tab.close();
});

test('the theme follows the system until the reader chooses one; paper is always light', async () => {
  const tab = await open(browser, 'everything', { colorScheme: 'dark' });
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
  const tab = await open(browser, 'everything');
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
