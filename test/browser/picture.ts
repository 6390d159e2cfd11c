import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { page } from '../../lib/evidence/page/page';
import { launch } from './browser';

/** The picture of the page in README. */
const PICTURE = path.join(__dirname, '../../docs/images/evidence-page.webp');

/** Saves the beginning of the page of an evidence file, as `eu-residency report --format json` writes it. */
export async function picture(evidence: string): Promise<void> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'picture-')), 'page.html');
  writeFileSync(file, page(JSON.parse(readFileSync(evidence, 'utf8'))));
  const browser = await launch();
  const tab = await browser.newPage({ viewport: { width: 1280, height: 1290 }, colorScheme: 'light' });
  await tab.goto(pathToFileURL(file).href);
  // Playwright itself has no WebP, which takes a third of a PNG.
  const session = await tab.context().newCDPSession(tab);
  const { data = '' } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 85 });
  writeFileSync(PICTURE, Buffer.from(data, 'base64'));
  await browser.close();
}
