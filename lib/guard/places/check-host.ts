import { isWithin, LOOPBACK_RANGES, PRIVATE_RANGES } from '../../boundary/address';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { RefusalReason } from '../../boundary/decision';
import { decideHost } from '../../boundary/host';
import { decideUrl } from '../../boundary/url';
import type { DeclaredPlaces } from '../rule/declared-places';
import type { Violation } from '../rule/rule';
import { Reference, spelled, Unresolved } from '../template/node';
import { OWN_VALUE, TOO_MANY, UNRESOLVED } from '../template/placeholder';
import type { Selected } from '../template/resource';

/** An empty text, or a URL without a bucket or host, whose parameter may be empty. In an HTTP URL, a third slash is ignored. */
const NAMES_NOTHING = /^(?:(?:s3|mediastore)(?:ssl)?:\/\/(?:\/|$)|(?:[a-z][a-z0-9+.-]*:\/\/)?$)/i;

interface HostContext {
  readonly boundary: ResidencyBoundary;
  readonly places: DeclaredPlaces;
}

/**
 * Checks a value that names a host to which data is sent. The value scan reports a host known to be outside the boundary
 * wherever it appears, so this function doesn't.
 */
export function checkHost({ path, value }: Selected, { boundary, places }: HostContext): Violation[] {
  if (value instanceof Reference) {
    const detail = `the host is returned by '${value.logicalId}' at deployment`;
    return value.isOwnedByApp ? [] : [{ path, level: 'unresolved', detail }];
  }
  if (value instanceof Unresolved) {
    return [{ path, level: 'unresolved', detail: `the host can't be decided: ${value.reason}` }];
  }
  const text = spelled(value);
  if (text.startsWith('arn:') || NAMES_NOTHING.test(text)) return [];
  return hostsIn(text).flatMap((host) => checkName(path, host, text, { boundary, places }));
}

function checkName(path: string, host: string, text: string, context: HostContext): Violation[] {
  // The whole host is the name that AWS gives a resource in the app.
  if (host === OWN_VALUE) return [];
  // An unresolved part may also contain the end of the host.
  if (host.includes(UNRESOLVED) || host.includes(TOO_MANY)) {
    return [{ path, value: text, level: 'unresolved', detail: 'part of the host is known only at deployment' }];
  }
  // A private host is reachable only within the app's own network.
  if (isPrivate(host) && !isDisguised(text)) return [];
  return checkKnownHost(path, host.replaceAll(OWN_VALUE, 'own'), text, context);
}

/** The hosts in a text: in a URL of any scheme, including JDBC, or in a list of `host:port`. */
export function hostsIn(text: string): string[] {
  // A local socket.
  if (/^unix(?:gram)?:/i.test(text)) return [];
  const jdbc = /^jdbc:[^?;]*?(?:@\/\/|\/\/|@)([^/:;?,]+)/i.exec(text)?.[1];
  const scheme = /^[a-z][a-z0-9+.-]*:\/\/([^/:?#]+)/i.exec(text)?.[1];
  const first = jdbc ?? scheme;
  const parts =
    first === undefined
      ? /['"(){}/]/.test(text)
        ? [text]
        : text.split(',')
      : [first, ...furtherHosts(text), ...hostSettings(text)];
  return [
    ...new Set(
      parts.map((part) =>
        part
          .trim()
          .replace(/[:/].*$/s, '')
          .toLowerCase(),
      ),
    ),
  ];
}

/** The further hosts of a URL that lists several: `mongodb://a:27017,b:27017/db`. */
const furtherHosts = (text: string) => (/^[^/]*\/\/([^/?#]*)/.exec(text)?.[1] ?? '').split(',').slice(1);

/** Hosts in the settings of a SQL Server URL, which override the host in the URL. */
const hostSettings = (text: string) =>
  [...text.matchAll(/;\s*(?:server(?:Name)?|failoverPartner)\s*=\s*([^;]*)/gi)].map(([, host = '']) => host);

/** Whether an apparent host may be user information: URL parsers disagree on where user information and host end. */
const isDisguised = (text: string) => /^(?!jdbc:oracle:)(?:[a-z][a-z0-9+.:-]*\/\/)?[^/?#]*[@\\]/i.test(text);

/** Whether a host is the local machine, or a private address or name. Other rules check connections out of that network. */
const isPrivate = (host: string) =>
  isWithin(host, [...PRIVATE_RANGES, ...LOOPBACK_RANGES]) || host === 'localhost' || /\.(?:internal|local)$/.test(host);

function checkKnownHost(path: string, host: string, text: string, { boundary, places }: HostContext): Violation[] {
  const country = places.hostCountry(host);
  if (country !== undefined) {
    const place = { kind: 'country' as const, value: host, country };
    const detail = `the host is declared to be in ${country}, outside ${boundary.label}`;
    return boundary.containsCountry(country) ? [] : [{ path, value: host, place, detail }];
  }
  const decision = isDisguised(text) ? decideUrl(boundary, text.toLowerCase()) : decideHost(boundary, host);
  if (decision.inside || !NOT_SCANNED.has(decision.reason)) return [];
  return [{ path, value: host, level: 'unresolved', detail: decision.detail }];
}

/** Reasons that the value scan doesn't report. */
const NOT_SCANNED: ReadonlySet<RefusalReason> = new Set<RefusalReason>(['unknown', 'malformed', 'placeless']);
