import { BARE, BEDROCK, type Contender, PORTKEY, SERVER } from './contenders';
import type { Figures } from './figures';
import { KINDS, type Kind } from './load';
import { isOk } from './measure';

/** A target, and whether the run met it. */
export type Met = readonly [target: string, met: boolean];

/** Of each protocol, ours is compared with the peer that uses the same protocol to the same upstream, and with the lower bound. */
export function targetsOf(contenders: readonly Contender[], figures: Figures): Met[] {
  const bare = named(contenders, BARE);
  const { alone, loads } = figures;
  const failed =
    alone.flatMap((round) => [...round.values()].flat()).filter((sample) => !isOk(sample)).length +
    [...loads.values()].flat().reduce((sum, load) => sum + load.failed, 0);
  return [
    ...[BEDROCK, SERVER].flatMap((to): Met[] => {
      const [ours, portkey] = [named(contenders, `ours, ${to}`), named(contenders, `${PORTKEY}, ${to}`)];
      const p99 = Math.max(
        figures.addedP99(ours, 'json', 'total', 'all'),
        figures.addedP99(ours, 'sse', 'firstByte', 'all'),
      );
      const json = (one: Contender) => figures.added(one, 'json', 'total', 'all');
      const cpu = (kind: Kind): Met[] => [
        [
          `${to}: ${label(kind)} at c=32, at most 1.5 times the processor time of the bare pass-through`,
          figures.ratio(ours, bare, kind, 32, 'cpu') <= 1.5,
        ],
        [
          `${to}: ${label(kind)} at c=32, less processor time than Portkey`,
          figures.ratio(ours, portkey, kind, 32, 'cpu') < 1,
        ],
        [
          `${to}: ${label(kind)} at c=32, more requests per second than Portkey`,
          figures.ratio(ours, portkey, kind, 32, 'perSecond') > 1,
        ],
      ];
      return [
        [`${to}: added JSON median at most 2.0 ms`, json(ours) <= 2],
        [`${to}: added JSON median at most Portkey's`, json(ours) <= json(portkey)],
        [`${to}: added SSE first byte at most 1.5 ms`, figures.added(ours, 'sse', 'firstByte', 'all') <= 1.5],
        [`${to}: added p99 at most 3 ms`, p99 <= 3],
        ...KINDS.flatMap(cpu),
      ];
    }),
    ['every answer of every contender has status 2xx', failed === 0],
  ];
}

export const label = (kind: Kind) => kind.toUpperCase();

export function named(contenders: readonly Contender[], name: string): Contender {
  const found = contenders.find((contender) => contender.name === name);
  if (found === undefined) throw new Error(`there is no contender '${name}'`);
  return found;
}
