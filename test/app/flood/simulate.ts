import { Agenda } from './agenda';
import type { Declared } from './declared';
import { Gateways, type Request, type TenantLimits } from './gateway';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Requests of one caller, or of a flood. */
export interface Traffic extends Omit<Request, 'address'> {
  readonly name: string;
  readonly addresses: number;
  /** Requests per second at a steady rate, whatever becomes of them; or workers, each of which sends a request after the other. */
  readonly perSecond?: number;
  readonly workers?: number;
  /** Like OpenAI's clients, which send a refused request up to three times. */
  readonly retries?: true;
}

export interface Scenario {
  readonly declared: Declared;
  readonly quota: number;
  readonly limits: Readonly<Record<string, TenantLimits>>;
  readonly traffic: readonly Traffic[];
  /** @default - until the second hourly check has had five minutes */
  readonly minutes?: number;
}

export interface Outcome {
  /** The part of the requests that were answered, by the name of the traffic: of the first minute, and of the rest. */
  readonly served: Readonly<Record<string, { readonly firstMinute: number; readonly later: number }>>;
  /** The number of requests that were answered, by the name of the traffic. */
  readonly answered: Readonly<Record<string, number>>;
  /** The delay of each hourly check in seconds; those that never ran are infinite. */
  readonly checkDelays: readonly number[];
}

/** The retries of OpenAI's client for Node (`calculateDefaultRetryTimeoutMillis`), without its jitter. */
const RETRIES = [500, 1_000];
/** The client takes the time of `Retry-After` only if it is shorter. */
const LONGEST_RETRY = MINUTE;
const WORKER_PAUSE = 1_000;
/** A check asks a few Regions and profiles. */
const CHECK_MS = 20_000;
const CHECKS_AT = [MINUTE / 2, HOUR + MINUTE / 2];

/** Runs traffic against declared limits in virtual time; the same scenario always has the same outcome. */
export function simulate({ declared, quota, limits, traffic, minutes = 65 }: Scenario): Outcome {
  const agenda = new Agenda();
  const gateways = new Gateways(agenda, declared, quota, limits);
  const served = traffic.map((one, index) => sent(agenda, gateways, one, index));
  const delays = CHECKS_AT.filter((due) => due < minutes * MINUTE).flatMap((due) =>
    Array.from({ length: declared.hourlyChecks }, (_, nth) => checked(agenda, gateways, due, `check ${nth}`)),
  );
  agenda.runUntil(minutes * MINUTE);
  return {
    served: Object.fromEntries(served.map(({ part }, index) => [traffic[index]?.name ?? '', part()])),
    answered: Object.fromEntries(served.map(({ answered }, index) => [traffic[index]?.name ?? '', answered()])),
    checkDelays: delays.map((delay) => delay()),
  };
}

/** Sends traffic until the end, and returns which part of it was served. */
function sent(agenda: Agenda, gateways: Gateways, one: Traffic, index: number) {
  const counts = { first: { yes: 0, no: 0 }, later: { yes: 0, no: 0 } };
  const send = (nth: number, over: () => void, arrived = agenda.now, attempt = 0): void =>
    // Addresses of different traffic differ.
    gateways.send({ ...one, address: index * 1e9 + (nth % one.addresses) }, (status, retryAfter = LONGEST_RETRY) => {
      const wait = RETRIES[attempt];
      if (one.retries && wait !== undefined && [429, 503].includes(status)) {
        const retry = () => send(nth, over, arrived, attempt + 1);
        return agenda.after(retryAfter < LONGEST_RETRY ? retryAfter : wait, retry);
      }
      counts[arrived < MINUTE ? 'first' : 'later'][status === 200 ? 'yes' : 'no'] += 1;
      over();
    });
  const { perSecond, workers = 0 } = one;
  const arrive = (nth: number, every: number) => {
    send(nth, () => {});
    agenda.at((nth + 1) * every, () => arrive(nth + 1, every));
  };
  const work = (nth: number) => send(nth, () => agenda.after(WORKER_PAUSE, () => work(nth)));
  if (perSecond !== undefined) agenda.at(0, () => arrive(0, 1_000 / perSecond));
  for (let nth = 0; nth < workers; nth += 1) agenda.at(nth, () => work(nth));
  const part = ({ yes, no }: { readonly yes: number; readonly no: number }) => (yes + no === 0 ? 1 : yes / (yes + no));
  return {
    part: () => ({ firstMinute: part(counts.first), later: part(counts.later) }),
    answered: () => counts.first.yes + counts.later.yes,
  };
}

function checked(agenda: Agenda, gateways: Gateways, due: number, name: string) {
  let delay = Number.POSITIVE_INFINITY;
  const started = () => {
    delay = (agenda.now - due) / 1_000;
  };
  agenda.at(due, () => gateways.lambda.invokeLater(name, CHECK_MS, started));
  return () => delay;
}
