import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { installed } from '../support/installed';

/** What the tests use of Playwright's page; its types are in the package that `installTools` installs. */
export interface Tab {
  goto(url: string): Promise<unknown>;
  /** Runs code of JavaScript, which the policy of the page doesn't concern. */
  evaluate<T>(code: string): Promise<T>;
  emulateMedia(media: { media?: 'screen' | 'print'; colorScheme?: 'light' | 'dark' }): Promise<void>;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  screenshot(options: { path: string }): Promise<unknown>;
  pdf(options: { path: string; preferCSSPageSize: true }): Promise<unknown>;
  fill(selector: string, text: string): Promise<void>;
  click(selector: string): Promise<void>;
  selectOption(selector: string, value: string): Promise<unknown>;
  on(event: 'request', listener: (request: { url(): string }) => void): void;
  on(event: 'console', listener: (message: { text(): string }) => void): void;
  on(event: 'pageerror', listener: (error: Error) => void): void;
  context(): { newCDPSession(tab: Tab): Promise<Session> };
  readonly keyboard: { press(key: string): Promise<void> };
  close(): Promise<void>;
}

/** Commands of Chromium's own protocol, of which Playwright has only a part. */
interface Session {
  send(
    method: string,
    options: object,
  ): Promise<{
    /** Of a picture, in Base64. */
    readonly data?: string;
    readonly metrics?: readonly { readonly name: string; readonly value: number }[];
  }>;
}

export interface TabOptions {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly javaScriptEnabled?: boolean;
}

export interface Browser {
  newPage(options: TabOptions): Promise<Tab>;
  close(): Promise<void>;
}

/** The programs of Debian's packages `chromium` and `poppler-utils`. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** What is missing on this machine; none if nothing is. */
export function missingProgram(): string | undefined {
  if (!existsSync(CHROMIUM)) return 'Chromium (apt-get install chromium)';
  if (spawnSync('pdftotext', ['-v']).error) return 'pdftotext (apt-get install poppler-utils)';
  return undefined;
}

/** Installs Playwright and axe at their locked versions, and returns the folder of their packages. */
export function installTools(): string {
  const files = ['package.json', 'package-lock.json'].map((name) => path.join(__dirname, name));
  const folder = installed('browser', files, (target) => {
    for (const file of files) cpSync(file, path.join(target, path.basename(file)));
    // A browser of their own would have to be downloaded.
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'], {
      cwd: target,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  });
  return path.join(folder, 'node_modules');
}

export const launch = (): Promise<Browser> =>
  require(path.join(installTools(), 'playwright-core')).chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox'],
  });

/** What npm says if it can't reach the registry. */
export const UNREACHABLE = /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH/;

/** The code of axe, which runs in the page. */
export const axe = (): string => readFileSync(path.join(installTools(), 'axe-core/axe.min.js'), 'utf8');
