import { EXPIRED, GATEWAY_DENIED, KEY_REFUSED } from '../bedrock/bedrock-failure';
import { UNTRUSTED } from './upstream-failure';

/**
 * How a provider refused the gateway itself:
 *
 * - `key`: 401, or an exception about credentials, which no model and no content decides
 * - `access`: any other 403, which may be about one model, or even about the content; or 402, an account that isn't paid
 * - `certificate`: the host has no certificate that the gateway trusts
 */
export type ProviderRefusal = 'key' | 'access' | 'certificate';

/**
 * A refusal of the gateway; undefined for every other failure. A 404 or 410 is about one model, a 400 about the request,
 * and a token that has expired about the process that didn't renew it.
 */
export function refusalOf(error: unknown): ProviderRefusal | undefined {
  const { name, code, $metadata } = error as { name?: string; code?: string; $metadata?: { httpStatusCode?: number } };
  if (code !== undefined && UNTRUSTED.test(code)) return 'certificate';
  const status = $metadata?.httpStatusCode;
  if (status === 401) return 'key';
  if (name === EXPIRED) return undefined;
  if (status === 402) return 'access';
  if (status === 403) return KEY_REFUSED.has(name ?? '') ? 'key' : 'access';
  return undefined;
}

/**
 * Whether a failure may be a refusal of the content: providers and the firewalls before them answer 403 to some contents. Bedrock's
 * exceptions have names, and those of keys and permissions are about the gateway.
 */
export function mayRefuseContent(error: unknown): boolean {
  const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode === 403 && !KEY_REFUSED.has(name) && !GATEWAY_DENIED.has(name);
}
