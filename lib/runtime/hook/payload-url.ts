import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideHost } from '../../boundary/host';
import { isS3Host } from '../../boundary/s3-host';
import { HookError } from './hook-error';

/**
 * The URL of a payload, which must name S3 in the function's own Region, inside the boundary: CloudFormation stores payloads
 * nowhere else, and a template from elsewhere could be anyone's.
 *
 * @throws HookError if it names another host; its message contains only the host, because the rest is a credential
 */
export function requirePayloadUrl(text: string, boundary: ResidencyBoundary, region: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw wrong("isn't a URL", region);
  // The check is of the host that fetch connects to, not of the text, so the same parser reads both.
  const { protocol, hostname, port, username, password } = url;
  if (protocol !== 'https:') throw wrong(`has scheme '${protocol}'`, region);
  if (port !== '' || username !== '' || password !== '') throw wrong('has a port or user information', region);
  const decision = decideHost(boundary, hostname);
  if (!decision.inside) throw wrong(`names '${hostname}', which isn't inside ${boundary.label}`, region);
  if (!isS3Host(hostname, region)) throw wrong(`names '${hostname}'`, region);
  return url;
}

const wrong = (what: string, region: string) =>
  new HookError(
    'payload-url',
    `the payload's URL must be an https URL of S3 in ${region}, the hook's Region, but it ${what}`,
  );
