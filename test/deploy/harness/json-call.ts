import { amzDate, authorizationOf } from '@/lib/runtime/aws/sign-request';
import type { Aws } from './aws';

/** A service of AWS's JSON protocol whose SDK client this package doesn't have, with the prefix of its operations. */
export type JsonService = 'network-firewall' | 'route53resolver' | 'secretsmanager';

const PREFIXES: Readonly<Record<JsonService, string>> = {
  'network-firewall': 'NetworkFirewall_20201112',
  route53resolver: 'Route53Resolver',
  secretsmanager: 'secretsmanager',
};

/**
 * Calls an operation of such a service, with the credentials of the other clients.
 *
 * @throws an error with the name that the service gives it
 */
export async function jsonCall<Answer>(
  { endpoint, region, identity }: Aws,
  service: JsonService,
  operation: string,
  parameters: object,
): Promise<Answer> {
  const url = new URL(endpoint);
  const body = JSON.stringify(parameters);
  const headers = {
    host: url.host,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-date': amzDate(new Date()),
    'x-amz-target': `${PREFIXES[service]}.${operation}`,
    ...(identity.sessionToken !== undefined && { 'x-amz-security-token': identity.sessionToken }),
  };
  const authorization = authorizationOf({ method: 'POST', url, headers, body }, { region, service }, identity);
  const response = await fetch(url, { method: 'POST', headers: { ...headers, authorization }, body });
  const text = await response.text();
  const answer = text === '' ? {} : JSON.parse(text);
  if (response.ok) return answer;
  const { __type: type = `${response.status}`, message = answer.Message ?? text } = answer;
  throw Object.assign(new Error(`${service} ${operation}: ${message}`), { name: String(type).split('#').at(-1) });
}
