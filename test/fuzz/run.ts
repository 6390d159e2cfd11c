/**
 * `npm run test:fuzz` sends stretched requests to every route, each to a process of its own, and fails if one uses more memory or
 * processor time than a request may. `-- --each N` sends N requests to each route, `--seed N` chooses them, and `--only TEXT` limits the
 * routes to those that contain a text. The saved seeds are replayed first. `-- --bundle` sends them to the built functions of a workspace
 * and of projects in place of `serve`.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { bundledProcess } from '../support/bundled-process';
import { BundledFunctions } from './bundled-functions';
import { prepare, type SystemPrepared } from './prepared';
import { ROWS as PEOPLE_ROWS, type Row } from './rows';
import saved from './seeds.json';
import { type FuzzRequest, type Outcome, ServedProcess } from './served-process';
import { stretched } from './stretch';
import { SYSTEM_ROWS } from './system-rows';

/** A row for each route of every API. */
const ROWS: Readonly<Record<string, Row<SystemPrepared>>> = { ...PEOPLE_ROWS, ...SYSTEM_ROWS };

/** Requests that once used too much, and are replayed first. */
const SEEDS: readonly { readonly route: string; readonly seed: number; readonly nth: number }[] = saved;

/** What one request may use. A stream is busy as long as tokens arrive. */
const MOST = { bytes: 400e6, ms: 5_000, msPerEvent: 2 };

/** The worst of a route. */
interface Worst {
  requests: number;
  bytes: number;
  ms: number;
  readonly violations: string[];
}

const isOver = ({ status, bytes, ms, events, memory = MOST.bytes }: Outcome) =>
  status === 0 ||
  status === 500 ||
  bytes > Math.min(MOST.bytes, memory) ||
  ms > Math.max(MOST.ms, events * MOST.msPerEvent);

/** The nth request of a route from a seed, always the same. */
function requestOf(route: string, ids: SystemPrepared, seed: number, nth: number): FuzzRequest {
  const row = ROWS[route];
  if (row === undefined) throw new Error(`no row for ${route}; add it to test/fuzz/rows.ts`);
  const [method = '', pattern = ''] = route.split(' ');
  const values = (row.ids ?? []).map((name) => ids[name]);
  const filled = pattern.replace(/:\w+/g, () => values.shift() ?? '');
  const as = row.as[nth % row.as.length] ?? 'member';
  return {
    as,
    method,
    path: row.query === undefined ? filled : `${filled}?${row.query}`,
    body: bodyOf(route, ids, seed, nth),
  };
}

function bodyOf(route: string, ids: SystemPrepared, seed: number, nth: number): FuzzRequest['body'] {
  const { body, form } = ROWS[route] ?? {};
  if (form !== undefined) {
    const data = new FormData();
    const [text = ''] = fc.sample(fc.constantFrom('a', 'a ', '\u0000', 'é', '%PDF-1.7 /Count 9 '), {
      seed: seed + nth,
      numRuns: 1,
    });
    data.set(form, new File([text.repeat(4_000_000 / Buffer.byteLength(text))], 'a.txt', { type: 'text/plain' }));
    if (form === 'file') data.set('purpose', 'user_data');
    return data;
  }
  if (body === undefined) return undefined;
  // A body without any change is the first.
  if (nth === 0) return JSON.stringify(body(ids));
  return JSON.stringify(fc.sample(stretched(body(ids)), { seed: seed + nth, numRuns: 1 })[0]);
}

/** How often a route is called. What has no body is the same request each time, for each of its senders. */
function timesOf(route: string, each: number): number {
  const { as = [], body, form } = ROWS[route] ?? {};
  return body === undefined && form === undefined ? Math.min(each, as.length) : each;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      each: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      minutes: { type: 'string' },
      bundle: { type: 'boolean', default: false },
    },
  });
  const each = Number(values.each ?? 10);
  const seed = Number(values.seed ?? Date.now() % 1e9);
  const ends = Date.now() + Number(values.minutes ?? 600) * 60_000;
  const folder = mkdtempSync(path.join(tmpdir(), 'fuzz-'));
  try {
    const { routes, ids, sent, end } = await (values.bundle ? bundleTarget() : servedTarget(folder, seed));
    const worst = new Map<string, Worst>();
    const once = async (route: string, from: number, nth: number) => {
      const outcome = await sent(requestOf(route, ids, from, nth));
      note(worst, route, outcome, `{ "route": "${route}", "seed": ${from}, "nth": ${nth} }`);
    };
    const isChosen = (route: string) => routes.includes(route) && route.includes(values.only ?? '');
    for (const { route, seed: from, nth } of SEEDS) if (isChosen(route)) await once(route, from, nth);
    const late: string[] = [];
    // All requests of one route after another, in the order of the target.
    for (const route of routes.filter(isChosen)) {
      for (let nth = 0; nth < timesOf(route, each); nth++) {
        if (Date.now() > ends) late.push(route);
        else await once(route, seed, nth);
      }
    }
    await end();
    return report(worst, seed, late.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where requests are sent, each to a process of its own. */
interface Targets {
  readonly routes: readonly string[];
  readonly ids: SystemPrepared;
  readonly sent: (request: FuzzRequest) => Promise<Outcome>;
  readonly end: () => Promise<void>;
}

/**
 * `serve`, each time on a copy of the same data. A seed chooses the order too, so that runs with a limit of time reach every route.
 *
 * @throws if a route has no row, or a row no route
 */
async function servedTarget(folder: string, seed: number): Promise<Targets> {
  const bundle = bundledProcess(path.join(__dirname, 'child.ts'));
  const data = path.join(folder, 'prepared');
  const first = await ServedProcess.start(bundle, data);
  const ids = await prepare(first);
  const { routes } = first.ready;
  await first.stop();
  const missing = routes.filter((route) => ROWS[route] === undefined);
  const unknown = Object.keys(ROWS).filter((route) => !routes.includes(route));
  if (missing.length + unknown.length > 0) {
    throw new Error(
      `without a row in test/fuzz/rows.ts or system-rows.ts: ${missing.join(', ')}; rows without a route: ${unknown.join(', ')}`,
    );
  }
  const sent = async (request: FuzzRequest) => {
    const copy = path.join(folder, 'copy');
    cpSync(data, copy, { recursive: true });
    const served = await ServedProcess.start(bundle, copy);
    const outcome = await served.send(request);
    await served.stop();
    rmSync(copy, { recursive: true });
    return outcome;
  };
  const [shuffled = routes] = fc.sample(fc.shuffledSubarray([...routes], { minLength: routes.length }), {
    seed,
    numRuns: 1,
  });
  return { routes: shuffled, ids, sent, end: async () => {} };
}

/** What changes or ends what later requests need. */
const CHANGES =
  /^DELETE |\/uploads\/:id\/(complete|cancel)$|\/(holds|erasures|readmissions|closures|confirm|release|roles|disable|enable|sign-out)$/;

/** The built functions, on the same stores throughout, so what changes what others need comes last. */
async function bundleTarget(): Promise<Targets> {
  const functions = await BundledFunctions.start();
  const ids = await prepare(functions);
  const routes = Object.keys(ROWS).sort((one, other) => Number(CHANGES.test(one)) - Number(CHANGES.test(other)));
  return { routes, ids, sent: (request) => functions.send(request), end: () => functions.stop() };
}

function note(worst: Map<string, Worst>, route: string, outcome: Outcome, replay: string): void {
  const known = worst.get(route) ?? { requests: 0, bytes: 0, ms: 0, violations: [] };
  known.requests++;
  known.bytes = Math.max(known.bytes, outcome.bytes);
  known.ms = Math.max(known.ms, outcome.ms);
  if (isOver(outcome)) {
    const { status, bytes, ms, events } = outcome;
    known.violations.push(`${replay}: status ${status}, ${inMb(bytes)} MB, ${Math.round(ms)} ms, ${events} events`);
    console.log(`over: ${known.violations.at(-1)}`);
  }
  worst.set(route, known);
}

function report(worst: ReadonlyMap<string, Worst>, seed: number, late: number): number {
  const rows = [...worst].sort(([one], [other]) => one.localeCompare(other));
  for (const [route, { requests, bytes, ms, violations }] of rows) {
    console.log(
      `${route.padEnd(48)} ${`${requests}`.padStart(4)} requests ${`${inMb(bytes)}`.padStart(5)} MB ${`${Math.round(ms)}`.padStart(6)} ms`,
    );
    for (const violation of violations) console.log(`  over: ${violation}`);
  }
  const all = rows.map(([, one]) => one);
  const over = all.reduce((sum, { violations }) => sum + violations.length, 0);
  console.log(
    `${rows.length} routes, ${all.reduce((sum, { requests }) => sum + requests, 0)} requests from seed ${seed}, ` +
      `at most ${inMb(Math.max(...all.map(({ bytes }) => bytes)))} MB and ${Math.round(Math.max(...all.map(({ ms }) => ms)))} ms; ` +
      `${over} over the bound${late > 0 ? `; ${late} more requests didn't fit into the time` : ''}`,
  );
  if (over > 0) console.log('add each line in braces to test/fuzz/seeds.json');
  return over > 0 ? 1 : 0;
}

const inMb = (bytes: number) => Math.round(bytes / 1e6);

void main().then((code) => process.exit(code));
