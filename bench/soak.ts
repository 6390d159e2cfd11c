import { cpus } from 'node:os';
import { columns } from '../lib/report/columns';
import { Client, type Kind, type Target } from './gateway/load';
import { type Running, startScript } from './gateway/processes';
import { median } from './statistics';

const CONCURRENCY = 16;
const FAULTS = 0.05;
const LEAVES = 0.05;
/** A process that is busy for less than this is still growing into its work. */
const WARM_UP_SHARE = 0.4;
/** Often enough for a trend, and seldom enough that collecting garbage for it isn't part of the load. */
const SAMPLE_MS = 3_000;
const TOLERANCE = 0.1;
/** An answer that takes longer isn't coming. */
const PATIENCE_MS = 30_000;

/**
 * The gateway under load for some minutes, with an upstream that fails one call in twenty and clients of whom one in twenty
 * leaves. Exit code 1 if memory still grows after the warm-up, a rejection is unhandled, or a request is left without an end.
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
  /** MB after the warm-up, each time once nothing more could be collected: what is merely not collected yet is no leak. */
  readonly rss: readonly number[];
  /** MB of heap in use at the warm-up's end and at the end, once nothing more could be collected. */
  readonly held: readonly [number, number];
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
  const begun = performance.now();
  const warmUntil = begun + ms * WARM_UP_SHARE;
  const end = begun + ms;
  const client = new Client(CONCURRENCY);
  const worker = async () => {
    while (performance.now() < end && !died) {
      const kind: Kind = Math.random() < 0.5 ? 'json' : 'sse';
      const leaves = Math.random() < LEAVES;
      const target = targets[Math.random() < 0.5 ? 0 : 1] as Target;
      const outcome = await ended(client, target, kind, leaves);
      if (outcome === 'unanswered') unanswered += 1;
      statuses.set(outcome, (statuses.get(outcome) ?? 0) + 1);
    }
  };
  const sampling = setInterval(async () => {
    if (performance.now() < warmUntil || died) return;
    await heldBy(gateway);
    rss.push(gateway.rss());
  }, SAMPLE_MS);
  const warm = new Promise<number>((resolve) => setTimeout(() => resolve(heldBy(gateway)), ms * WARM_UP_SHARE));
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  clearInterval(sampling);
  client.close();
  const held: [number, number] = died ? [Number.NaN, Number.NaN] : [await warm, await heldBy(gateway)];
  return { statuses, rss, held, unanswered, died };
}

async function ended(client: Client, target: Target, kind: Kind, leaves: boolean): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('unanswered'), PATIENCE_MS);
  });
  const asked = client.ask(target, kind, leaves).then(
    ({ status }) => (leaves ? 'left by the client' : `${status}`),
    () => (leaves ? 'left by the client' : 'unanswered'),
  );
  const outcome = await Promise.race([asked, late]);
  clearTimeout(timer);
  return outcome;
}

/** MB that can't be collected. */
function heldBy({ child }: Running): Promise<number> {
  return new Promise((resolve) => {
    child.once('message', (memory) => {
      resolve((memory as NodeJS.MemoryUsage).heapUsed / 2 ** 20);
    });
    child.send('memory');
  });
}

function report({ statuses, rss, held, unanswered, died }: Result, minutes: string): void {
  const third = Math.ceil(rss.length / 3);
  const [early, late] = [median(rss.slice(0, third)), median(rss.slice(-third))];
  const growth = late / early - 1;
  const heap = held[1] / held[0] - 1;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  console.log(
    `Node ${process.version}, ${cpus().length} cores; ${minutes} minutes at c=${CONCURRENCY}, half of it streams, half of it to Bedrock; ` +
      `${percent(FAULTS)} of the upstream's calls fail, ${percent(LEAVES)} of the clients leave\n`,
  );
  const rows = [
    ['requests', 'how they ended', 'RSS after warm-up: first third', 'last third', 'growth', 'heap held', 'growth'],
    [
      `${[...statuses.values()].reduce((a, b) => a + b, 0)}`,
      [...statuses]
        .sort()
        .map(([what, count]) => `${count} ${what}`)
        .join(', '),
      `${early.toFixed(0)} MB`,
      `${late.toFixed(0)} MB`,
      percent(growth),
      `${held[0].toFixed(1)} to ${held[1].toFixed(1)} MB`,
      percent(heap),
    ],
  ];
  console.log(`${columns(rows).join('\n')}\n`);
  const tenth = Math.ceil(rss.length / 10);
  const tenths = Array.from({ length: 10 }, (_, at) => rss.slice(at * tenth, (at + 1) * tenth)).filter(
    (part) => part.length > 0,
  );
  console.log(`RSS by tenths of that time: ${tenths.map((part) => median(part).toFixed(0)).join(', ')} MB\n`);
  const targets: [string, boolean][] = [
    ['RSS flat within 10 % after the warm-up', growth <= TOLERANCE],
    ['heap held flat within 10 %', heap <= TOLERANCE],
    ['every request answered, or ended with its client', unanswered === 0],
    ['no unhandled rejection', !died],
  ];
  for (const [name, met] of targets) console.log(`${met ? 'met   ' : 'MISSED'}  ${name}`);
  if (targets.some(([, met]) => !met)) process.exitCode = 1;
}
