import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideHost } from '../../boundary/host';
import { isS3Host } from '../../boundary/s3-host';
import { HookError } from './hook-error';

/**
 * The URL of a payload, which must be S3's in the function's own Region, inside the boundary: CloudFormation keeps payloads
 * nowhere else, and what is read from elsewhere could be anybody's template.
 *
 * @throws HookError if it leads anywhere else; its message names the host alone, since the rest is a credential
 */
export function requirePayloadUrl(text: string, boundary: ResidencyBoundary, region: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw wrong("isn't a URL", region);
  // What fetch connects to is judged, not what the text looks like, so the same parser reads both.
  const { protocol, hostname, port, username, password } = url;
  if (protocol !== 'https:') throw wrong(`has scheme '${protocol}'`, region);
  if (port !== '' || username !== '' || password !== '') throw wrong('has a port or user information', region);
  const decision = decideHost(boundary, hostname);
  if (!decision.inside) throw wrong(`leads to '${hostname}', which isn't inside ${boundary.label}`, region);
  if (!isS3Host(hostname, region)) throw wrong(`leads to '${hostname}'`, region);
  return url;
}

const wrong = (what: string, region: string) =>
  new HookError(
    'payload-url',
    `the payload's URL must be an https URL of S3 in ${region}, the hook's Region, but it ${what}`,
  );
