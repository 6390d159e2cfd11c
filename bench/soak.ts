import { cpus } from 'node:os';
import { columns } from '../lib/report/columns';
import { Client, type Kind, type Target } from './gateway/load';
import { type Running, startScript } from './gateway/processes';
import { median } from './statistics';

const CONCURRENCY = 16;
const FAULTS = 0.05;
const DISCONNECTS = 0.05;
/** The share of the run in which the process still warms up. */
const WARM_UP_SHARE = 0.4;
/** Often enough for a trend, and rarely enough that the garbage collection for a sample doesn't add to the load. */
const SAMPLE_MS = 3_000;
const TOLERANCE = 0.1;
/** A request without an answer after this time counts as unanswered. */
const TIMEOUT_MS = 30_000;

/**
 * Runs the gateway under load for some minutes, with an upstream that fails one call in twenty and with one client in twenty
 * disconnecting. Exit code 1 if memory still grows after the warm-up, a rejection is unhandled, or a request never ends.
 */
export async function soakBench([minutes = '30']: readonly string[]): Promise<void> {
  const ms = Number(minutes) * 60_000;
  if (!(ms > 0)) throw new Error(`the minutes of a soak must be a number above 0, got '${minutes}'`);
  const upstream = await startScript('fake-upstream', { core: 0, environment: { FAULTS: `${FAULTS}` } });
  const gateway = await startScript('ours', {
    core: 1,
    from: 'stderr',
    nodeArgs: ['--expose-gc'],
    environment: { UPSTREAM: `http://127.0.0.1:${upstream.line}`, FAULTS: `${FAULTS}` },
  });
  const result = await soak(gateway, ms);
  gateway.stop();
  upstream.stop();
  report(result, minutes);
}

interface Result {
  readonly statuses: ReadonlyMap<string, number>;
  /** Samples in MB after the warm-up, each after garbage collection: uncollected garbage isn't a leak. */
  readonly rss: readonly number[];
  /** MB of heap in use at the end of the warm-up and at the end, each after garbage collection. */
  readonly heap: readonly [number, number];
  readonly unanswered: number;
  readonly died: boolean;
}

async function soak(gateway: Running, ms: number): Promise<Result> {
  const [port, key = ''] = gateway.line.split(' ');
  const targets: readonly Target[] = ['assistant', 'local'].map((model) => ({
    name: model,
    model,
    port: Number(port),
    headers: { authorization: `Bearer ${key}` },
  }));
  const statuses = new Map<string, number>();
  const rss: number[] = [];
  let unanswered = 0;
  let died = false;
  gateway.child.once('exit', () => {
    died = true;
  });
  const started = performance.now();
  const warmUntil = started + ms * WARM_UP_SHARE;
  const end = started + ms;
  const client = new Client(CONCURRENCY);
  const worker = async () => {
    while (performance.now() < end && !died) {
      const kind: Kind = Math.random() < 0.5 ? 'json' : 'sse';
      const disconnects = Math.random() < DISCONNECTS;
      const target = targets[Math.random() < 0.5 ? 0 : 1] as Target;
      const outcome = await outcomeOf(client, target, kind, disconnects);
      if (outcome === 'unanswered') unanswered += 1;
      statuses.set(outcome, (statuses.get(outcome) ?? 0) + 1);
    }
  };
  const sampling = setInterval(async () => {
    if (performance.now() < warmUntil || died) return;
    await heapOf(gateway);
    rss.push(gateway.rss());
  }, SAMPLE_MS);
  const warm = new Promise<number>((resolve) => setTimeout(() => resolve(heapOf(gateway)), ms * WARM_UP_SHARE));
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  clearInterval(sampling);
  client.close();
  const heap: [number, number] = died ? [Number.NaN, Number.NaN] : [await warm, await heapOf(gateway)];
  return { statuses, rss, heap, unanswered, died };
}

async function outcomeOf(client: Client, target: Target, kind: Kind, disconnects: boolean): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('unanswered'), TIMEOUT_MS);
  });
  const answer = client.send(target, kind, disconnects).then(
    ({ status }) => (disconnects ? 'client disconnected' : `${status}`),
    () => (disconnects ? 'client disconnected' : 'unanswered'),
  );
  const outcome = await Promise.race([answer, late]);
  clearTimeout(timer);
  return outcome;
}

/** The heap in MB after garbage collection. */
function heapOf({ child }: Running): Promise<number> {
  return new Promise((resolve) => {
    child.once('message', (memory) => {
      resolve((memory as NodeJS.MemoryUsage).heapUsed / 2 ** 20);
    });
    child.send('memory');
  });
}

function report({ statuses, rss, heap, unanswered, died }: Result, minutes: string): void {
  const third = Math.ceil(rss.length / 3);
  const [early, late] = [median(rss.slice(0, third)), median(rss.slice(-third))];
  const growth = late / early - 1;
  const heapGrowth = heap[1] / heap[0] - 1;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  console.log(
    `Node ${process.version}, ${cpus().length} cores; ${minutes} minutes at c=${CONCURRENCY}, half of the requests stream, half go to Bedrock; ` +
      `${percent(FAULTS)} of the upstream's calls fail, ${percent(DISCONNECTS)} of the clients disconnect\n`,
  );
  const rows = [
    ['requests', 'outcomes', 'RSS after warm-up: first third', 'last third', 'growth', 'heap in use', 'growth'],
    [
      `${[...statuses.values()].reduce((a, b) => a + b, 0)}`,
      [...statuses]
        .sort()
        .map(([what, count]) => `${count} ${what}`)
        .join(', '),
      `${early.toFixed(0)} MB`,
      `${late.toFixed(0)} MB`,
      percent(growth),
      `${heap[0].toFixed(1)} to ${heap[1].toFixed(1)} MB`,
      percent(heapGrowth),
    ],
  ];
  console.log(`${columns(rows).join('\n')}\n`);
  const tenth = Math.ceil(rss.length / 10);
  const tenths = Array.from({ length: 10 }, (_, at) => rss.slice(at * tenth, (at + 1) * tenth)).filter(
    (part) => part.length > 0,
  );
  console.log(
    `RSS by tenths of the time after the warm-up: ${tenths.map((part) => median(part).toFixed(0)).join(', ')} MB\n`,
  );
  const targets: [string, boolean][] = [
    ['RSS flat within 10 % after the warm-up', growth <= TOLERANCE],
    ['heap flat within 10 % after the warm-up', heapGrowth <= TOLERANCE],
    ['every request is answered or ends with its client', unanswered === 0],
    ['no unhandled rejection', !died],
  ];
  for (const [name, met] of targets) console.log(`${met ? 'met   ' : 'MISSED'}  ${name}`);
  if (targets.some(([, met]) => !met)) process.exitCode = 1;
}
