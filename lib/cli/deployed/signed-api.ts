import { STSClient } from '@aws-sdk/client-sts';
import { amzDate, authorizationOf } from '../../runtime/aws/sign-request';
import type { SigningCredentials } from '../../runtime/aws/signature';
import type { Shown } from '../administration/admin-request';
import { UsageError } from '../shared/usage-error';

/** An API of a deployment that IAM authorises. */
export interface SignedApi {
  readonly url: string;
  readonly region: string;
  readonly credentials: SigningCredentials;
}

/** A request to it. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** What follows the URL of the API. */
  readonly path: string;
  readonly body?: object;
}

/** The credentials that the AWS SDK finds. */
export async function ownCredentials(region: string): Promise<SigningCredentials> {
  return new STSClient({ region }).config.credentials();
}

/** @throws UsageError with the message of the API, if it refuses */
export async function askSigned({ url, region, credentials }: SignedApi, request: ApiRequest): Promise<Shown> {
  const target = new URL(`${url}${request.path}`);
  const body = request.body === undefined ? '' : JSON.stringify(request.body);
  const headers: Record<string, string> = {
    host: target.host,
    'x-amz-date': amzDate(new Date()),
    ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
    ...(request.body && { 'content-type': 'application/json' }),
  };
  const signed = { method: request.method, url: target, headers, body };
  const { host, ...sent } = headers;
  let response: Response;
  try {
    response = await fetch(target, {
      method: request.method,
      headers: {
        ...sent,
        authorization: authorizationOf(signed, { region, service: 'execute-api' }, credentials),
      },
      ...(request.body && { body }),
      // The signature would follow a redirect.
      redirect: 'error',
    });
  } catch {
    throw new UsageError(`nothing answers at ${url}; check the URL, and your way to it`);
  }
  const answer = (await response.json().catch(() => ({}))) as Shown;
  if (response.ok) return answer;
  const { message } = (answer.error ?? {}) as { readonly message?: string };
  throw new UsageError(message ?? `${url} answers ${response.status}`);
}
