import type { ResidencyBoundary } from './boundary';
import { type Decision, refused } from './decision';
import { decideHost } from './host';

/** Whether a URL's host is inside the boundary. An `s3://` URL names a bucket without its Region, so it has no place of its own. */
export function decideUrl(boundary: ResidencyBoundary, url: string): Decision {
  const malformed = (why: string) => refused({ kind: 'host', value: url }, 'malformed', `'${redacted(url)}' ${why}`);
  if (/^s3:\/\/[a-z0-9][a-z0-9.-]+(\/|$)/.test(url)) {
    return refused({ kind: 'host', value: url }, 'placeless', `'${url}' names a bucket but not its Region`);
  }
  const authority = /^(?:https?|wss?):\/\/([^/?#\\]*)(?=[/?#]|$)/.exec(url)?.[1];
  if (authority === undefined) return malformed("isn't an http, https, ws or wss URL with a host");
  if (authority.includes('@')) return malformed('contains user information, which can disguise its host');
  const [host = '', port = '443', ...rest] = authority.split(':');
  if (rest.length > 0 || !/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    return malformed('has no port from 1 to 65535');
  }
  const decision = decideHost(boundary, host);
  return { ...decision, place: { ...decision.place, value: url } };
}

/** User information may be a password, so a message never repeats it. */
const redacted = (url: string) => url.replace(/\/\/[^/]*@/, '//***@');
