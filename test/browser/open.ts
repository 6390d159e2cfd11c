import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { page } from '@/lib/evidence/page/page';
import type { Browser, Tab, TabOptions } from './browser';
import { CASES } from './cases';

export const DESK = { width: 1440, height: 900 };

const folder = mkdtempSync(path.join(tmpdir(), 'browser-'));
const written = new Set<string>();

/** The address of the page of a case, which is written when it is first asked for. */
export function address(name: string): string {
  const file = path.join(folder, `${name}.html`);
  const { evidence, language } = CASES[name] ?? {};
  if (evidence !== undefined && !written.has(name)) writeFileSync(file, page(evidence, language));
  written.add(name);
  return pathToFileURL(file).href;
}

export interface Opened extends Tab {
  /** The addresses that the page asked for. */
  readonly asked: readonly string[];
  /** What the browser complained of. */
  readonly complaints: readonly string[];
}

/** Opens the page of a case, and collects what it asks for and what the browser complains of. */
export async function open(browser: Browser, name: string, options: Partial<TabOptions> = {}): Promise<Opened> {
  const tab = await browser.newPage({ viewport: DESK, colorScheme: 'light', ...options });
  const asked: string[] = [];
  const complaints: string[] = [];
  tab.on('request', (request) => asked.push(request.url()));
  tab.on('console', (message) => complaints.push(message.text()));
  tab.on('pageerror', (error) => complaints.push(`${error}`));
  await tab.goto(address(name));
  return Object.assign(tab, { asked, complaints });
}
