import { columns } from '../../lib/report/columns';
import { BARE, BEDROCK, type Contender, DIRECT, PORTKEY, SERVER, WITH_TABLE } from './contenders';
import type { Figures } from './figures';
import { KINDS, type Kind } from './load';
import { CONCURRENCIES, type EventCost } from './measure';
import { label, named } from './targets';

const ms = (value: number) => `${value.toFixed(2)} ms`;
const percent = (share: number) => `${Math.round(share * 100)} %`;
const times = (value: number) => value.toFixed(2);
const LOADS = KINDS.flatMap((kind) => CONCURRENCIES.map((c): readonly [Kind, number] => [kind, c]));
const HEADINGS = LOADS.map(([kind, c]) => `${label(kind)} c=${c}`);

/** The tables of a run, as text. */
export function tablesOf(contenders: readonly Contender[], figures: Figures, events: ReadonlyMap<string, EventCost>) {
  const measured = contenders.filter(({ running }) => running !== undefined);
  const tables: string[][][] = [
    ...(['all', 'undisturbed'] as const).map((only) => [
      [
        `added to the direct call, ${only} requests`,
        'share',
        'JSON median',
        'p99',
        'SSE first byte median',
        'p99',
        'RSS',
      ],
      ...contenders
        .filter(({ name }) => name !== DIRECT)
        .map((one) => [
          one.name,
          percent(only === 'all' ? 1 : figures.undisturbed(one)),
          ...KINDS.flatMap((kind) => {
            const what = kind === 'json' ? 'total' : 'firstByte';
            return [figures.added(one, kind, what, only), figures.addedP99(one, kind, what, only)].map(ms);
          }),
          `${one.running?.rss().toFixed(0)} MB`,
        ]),
    ]),
    [
      ['requests per second (median, p99)', ...HEADINGS],
      ...contenders.map((one) => [
        one.name,
        ...LOADS.map(([kind, c]) => {
          const [p50, p99] = [0.5, 0.99].map((share) => ms(figures.latency(one, kind, c, share)));
          return `${figures.median(one, kind, c, 'perSecond').toFixed(0)} (${p50}, ${p99})`;
        }),
      ]),
    ],
    [
      ['processor time per request', ...HEADINGS],
      ...measured.map((one) => [one.name, ...LOADS.map(([kind, c]) => ms(figures.median(one, kind, c, 'cpu')))]),
    ],
    [
      ['ratio of processor time', ...HEADINGS],
      ...pairs(contenders).map(([a, b]) => [
        `${a.name} / ${b.name}`,
        ...LOADS.map(([kind, c]) => times(figures.ratio(a, b, kind, c, 'cpu'))),
      ]),
    ],
    storeTable(contenders, figures),
    [
      ['an event of a stream', 'together', 'alone', 'growth of RSS over long streams'],
      ...[...events].map(([name, { together, alone, growth }]) => [
        name,
        ...[together, alone].map((value) => `${value.toFixed(1)} µs`),
        `${growth.toFixed(0)} MB`,
      ]),
    ],
  ];
  return tables.map((rows) => `${columns(rows).join('\n')}\n`).join('\n');
}

function pairs(contenders: readonly Contender[]): (readonly [Contender, Contender])[] {
  return [BEDROCK, SERVER].flatMap((to) =>
    [BARE, `${PORTKEY}, ${to}`].map((other) => [named(contenders, `ours, ${to}`), named(contenders, other)] as const),
  );
}

/** What the calls of a deployed request to its table add: a read and a write before the answer, and a write after it. */
function storeTable(contenders: readonly Contender[], figures: Figures): string[][] {
  const [withTable, ours] = [named(contenders, WITH_TABLE), named(contenders, `ours, ${BEDROCK}`)];
  const added = (kind: Kind) => {
    const what = kind === 'json' ? 'total' : 'firstByte';
    return ms(figures.added(withTable, kind, what, 'all') - figures.added(ours, kind, what, 'all'));
  };
  return [
    [
      'added by the calls to the table',
      'JSON median',
      'SSE first byte median',
      'processor time, JSON c=32',
      'SSE c=32',
    ],
    [
      'limits and tokens, key cached',
      ...KINDS.map(added),
      ...KINDS.map((kind) => ms(figures.moreCpu(withTable, ours, kind, 32))),
    ],
  ];
}
