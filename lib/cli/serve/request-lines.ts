import type { ServeOptions } from '../../local/serve-options';

type Record = ServeOptions['record'];
type Upstream = ServeOptions['upstream'];

/** For programs: the records as they are. The record of a request to the echo says so. */
export const recordsAsJson =
  (upstream: Upstream): Record =>
  (record, operations) => {
    const own = upstream === 'echo' ? { ...record, echo: true } : record;
    process.stderr.write(`${JSON.stringify(own)}\n${JSON.stringify(operations)}\n`);
  };

/** For people: one line per request. */
export const recordsAsLines =
  (upstream: Upstream): Record =>
  (record, { route, status, latency }) => {
    const { time, tenant, model, destination, sourceRegion, outcome, reason } = record;
    const what = [time.slice(11, 19), tenant, route, ...(model === undefined ? [] : [model])].join(' ');
    const by = `${destination} in ${sourceRegion}`;
    const how = [
      destination === undefined
        ? outcome
        : upstream === 'echo'
          ? `${outcome} by the echo, in place of ${by}; nothing left this machine`
          : `${outcome} by ${by}`,
      ...(reason === undefined ? [] : [reason]),
      status,
      `${latency} ms`,
    ];
    process.stderr.write(`${what}: ${how.join(', ')}\n`);
  };
