import { amzDate, authorizationOf } from '../../../runtime/aws/sign-request';
import { UsageError } from '../../shared/usage-error';
import type { Caller } from '../caller';
import { homeOfIam } from '../doctor/simulate';
import { endpointFor } from '../endpoint';

/** The operations that are called; all of them read. */
export type Operation = 'DescribePolicy' | 'ListParents' | 'ListPolicies' | 'ListRoots' | 'ListTargetsForPolicy';

/** One page of an answer. */
type Page = Readonly<Record<string, unknown>> & { readonly NextToken?: string };

/** How long Organizations is waited for after it asks for fewer calls; it doubles each time. */
const WAIT_MS = 500;
const ATTEMPTS = 5;

/**
 * Calls Organizations, without its client of the AWS SDK, which would add to the package what these reads don't need. Its only endpoint is that of
 * the partition, which is outside the EU in `aws`.
 *
 * @throws UsageError if it can't be reached or refuses
 */
export async function ask(caller: Caller, operation: Operation, input: object): Promise<Page> {
  for (let attempt = 1; ; attempt++) {
    const response = await send(caller, operation, input);
    const answer = (await response.json().catch(() => ({}))) as Page;
    if (response.ok) return answer;
    const name = String(answer.__type ?? response.status).replace(/^.*#/, '');
    const mayPass = response.status >= 500 || /^(TooManyRequests|Throttling)/.test(name);
    if (!mayPass || attempt === ATTEMPTS) throw new UsageError(refusal(operation, name, caller));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * WAIT_MS * 2 ** attempt));
  }
}

/** Every item of all pages. */
export async function askAll<T>(caller: Caller, operation: Operation, input: object, list: string): Promise<T[]> {
  const items: T[] = [];
  let next: string | undefined;
  do {
    const page = await ask(caller, operation, { ...input, ...(next !== undefined && { NextToken: next }) });
    items.push(...((page[list] ?? []) as T[]));
    next = page.NextToken;
  } while (next !== undefined && next !== null);
  return items;
}

async function send(caller: Caller, operation: Operation, input: object): Promise<Response> {
  const { calls } = caller;
  const region = homeOfIam(caller);
  const url = new URL(endpointFor(calls.boundary, 'organizations', region, calls.environment));
  const { credentials } = caller;
  const body = JSON.stringify(input);
  const headers: Record<string, string> = {
    host: url.host,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-date': amzDate(new Date()),
    'x-amz-target': `AWSOrganizationsV20161128.${operation}`,
    ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const authorization = authorizationOf(
    { method: 'POST', url, headers, body },
    { region, service: 'organizations' },
    credentials,
  );
  const { host, ...sent } = headers;
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { ...sent, authorization },
      body,
      // The signature would follow a redirect.
      redirect: 'error',
      signal: AbortSignal.timeout(calls.timeoutMs),
    });
  } catch (error) {
    const { name } = error as Error;
    throw new UsageError(
      `Organizations can't be reached at ${url.host} (${name}); check the network, a proxy or a VPN, and try again`,
    );
  }
}

function refusal(operation: Operation, name: string, { account, arn }: Caller): string {
  if (/^AccessDenied/.test(name)) {
    return (
      `'${arn}' may not call organizations:${operation}; sign in to the management account or that of a delegated administrator, not just any ` +
      `account (this is ${account}), with the managed policy AWSOrganizationsReadOnlyAccess`
    );
  }
  if (name === 'AWSOrganizationsNotInUseException')
    return `account ${account} is in no organization; sign in to the management account, or that of a delegated administrator`;
  if (/^(Child|Target)NotFound|InvalidInput/.test(name))
    return `--target: Organizations doesn't know it (${name}); name an organizational unit (ou-...) or an account of this organization`;
  return `organizations:${operation} failed (${name}); try again, and if it still fails, check the credentials`;
}
