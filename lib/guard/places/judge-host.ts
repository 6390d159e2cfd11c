import { isWithin, LOOPBACK_RANGES, PRIVATE_RANGES } from '../../boundary/address';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { RefusalReason } from '../../boundary/decision';
import { decideHost } from '../../boundary/host';
import { decideUrl } from '../../boundary/url';
import type { DeclaredPlaces } from '../rule/declared-places';
import type { Breach } from '../rule/rule';
import { MANY, OPEN, OWN } from '../template/hole';
import { Reference, spelled, Unresolved } from '../template/node';
import type { Selected } from '../template/resource';

interface Judge {
  readonly boundary: ResidencyBoundary;
  readonly places: DeclaredPlaces;
}

/**
 * Judges a value that names a host which data is sent to. A host whose place is known to be outside is left to the value
 * scan, which reports it wherever it stands.
 */
export function judgeHost({ path, value }: Selected, { boundary, places }: Judge): Breach[] {
  if (value instanceof Reference) {
    const detail = `the host is what '${value.logicalId}' answers at deploy`;
    return value.isOwn ? [] : [{ path, level: 'unresolved', detail }];
  }
  if (value instanceof Unresolved) {
    return [{ path, level: 'unresolved', detail: `the host can't be decided: ${value.reason}` }];
  }
  const text = spelled(value);
  if (text.startsWith('arn:') || text === '') return [];
  return hostsIn(text).flatMap((host) => judgeName(path, host, text, { boundary, places }));
}

function judgeName(path: string, host: string, text: string, judge: Judge): Breach[] {
  // The whole host is what AWS calls a resource of the app.
  if (host === OWN) return [];
  // An open part may hold the end of the host as well.
  if (host.includes(OPEN) || host.includes(MANY)) {
    return [{ path, value: text, level: 'unresolved', detail: 'a part of the host is known only at deploy' }];
  }
  // Nothing but the own network leads there.
  if (isPrivate(host) && !isDisguised(text)) return [];
  return judgeKnownHost(path, host.replaceAll(OWN, 'own'), text, judge);
}

/** The hosts that a text names: in an address of any scheme, one of JDBC included, or in a list of `host:port`. */
function hostsIn(text: string): string[] {
  // A socket of the machine itself.
  if (/^unix(?:gram)?:/i.test(text)) return [];
  const jdbc = /^jdbc:[^?;]*?(?:@\/\/|\/\/|@)([^/:;?,]+)/i.exec(text)?.[1];
  const scheme = /^[a-z][a-z0-9+.-]*:\/\/([^/:?#]+)/i.exec(text)?.[1];
  const named = jdbc ?? scheme;
  const listed =
    named === undefined
      ? /['"(){}/]/.test(text)
        ? [text]
        : text.split(',')
      : [named, ...more(text), ...settings(text)];
  return [
    ...new Set(
      listed.map((part) =>
        part
          .trim()
          .replace(/[:/].*$/s, '')
          .toLowerCase(),
      ),
    ),
  ];
}

/** Further hosts of an address that lists several: `mongodb://a:27017,b:27017/db`. */
const more = (text: string) => (/^[^/]*\/\/([^/?#]*)/.exec(text)?.[1] ?? '').split(',').slice(1);

/** Hosts that an address of SQL Server names behind it, and that count more than the one in it. */
const settings = (text: string) =>
  [...text.matchAll(/;\s*(?:server(?:Name)?|failoverPartner)\s*=\s*([^;]*)/gi)].map(([, host = '']) => host);

/** Whether what looks like a host may be a user: readers of an address disagree on where a user or a host ends. */
const isDisguised = (text: string) => /^(?!jdbc:oracle:)(?:[a-z][a-z0-9+.:-]*\/\/)?[^/?#]*[@\\]/i.test(text);

/** Whether a host is this machine, or an address or name that only the own network knows. What leads out of that is judged itself. */
const isPrivate = (host: string) =>
  isWithin(host, [...PRIVATE_RANGES, ...LOOPBACK_RANGES]) || host === 'localhost' || /\.(?:internal|local)$/.test(host);

function judgeKnownHost(path: string, host: string, text: string, { boundary, places }: Judge): Breach[] {
  const country = places.hostCountry(host);
  if (country !== undefined) {
    const place = { kind: 'country' as const, value: host, country };
    const detail = `the host is declared to be in ${country}, outside ${boundary.label}`;
    return boundary.containsCountry(country) ? [] : [{ path, value: host, place, detail }];
  }
  const decision = isDisguised(text) ? decideUrl(boundary, text.toLowerCase()) : decideHost(boundary, host);
  if (decision.inside || !LEFT_OPEN.has(decision.reason)) return [];
  return [{ path, value: host, level: 'unresolved', detail: decision.detail }];
}

/** Reasons that the value scan doesn't report. */
const LEFT_OPEN: ReadonlySet<RefusalReason> = new Set<RefusalReason>(['unknown', 'malformed', 'placeless']);
