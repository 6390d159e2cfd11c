import { timingSafeEqual } from 'node:crypto';
import { amzDate, authorizationOf } from '../runtime/aws/sign-request';
import type { SigningCredentials } from '../runtime/aws/signature';
import type { RequestMiddleware } from '../runtime/http/handler/request-env';
import { readBody } from '../runtime/http/read-body';
import { ApiError } from './api-error';

/** How far the clock of a caller may differ, as at AWS. */
const SKEW_MS = 5 * 60_000;

const FORM =
  /^AWS4-HMAC-SHA256 Credential=([\w-]{1,128})\/\d{8}\/([a-z0-9-]{1,32})\/execute-api\/aws4_request, ?SignedHeaders=([a-z0-9;-]{1,2048}), ?Signature=[0-9a-f]{64}$/;

/**
 * Admits requests that are signed with these credentials, as API Gateway does for a method with IAM authorisation: a program that signs
 * its requests for a deployment can be tried here.
 *
 * @param basePath what was removed from the path of each request before
 */
export const requireSignature =
  (credentials: SigningCredentials, basePath: string, now: () => Date = () => new Date()): RequestMiddleware =>
  async (c, next) => {
    const given = c.req.header('authorization') ?? '';
    const [, accessKeyId, region = '', list = ''] = FORM.exec(given) ?? [];
    const names = list.split(';');
    const date = c.req.header('x-amz-date') ?? '';
    if (accessKeyId !== credentials.accessKeyId || !isNow(date, now())) throw refused();
    if (!names.includes('host') || !names.includes('x-amz-date')) throw refused();
    const body = await readBody(c.req.raw.clone(), 'send less');
    const expected = authorizationOf(
      {
        method: c.req.method,
        url: signedUrl(c.req.url, basePath),
        headers: Object.fromEntries(names.map((name) => [name, c.req.header(name) ?? ''])),
        body,
      },
      { region, service: 'execute-api' },
      credentials,
    );
    const [own, other] = [expected, given].map((text) => Buffer.from(text.replaceAll(', ', ',')));
    if (own === undefined || other === undefined || own.length !== other.length || !timingSafeEqual(own, other)) {
      throw refused();
    }
    await next();
  };

/** The URL as the caller signed it: below the base path that was removed. */
function signedUrl(url: string, basePath: string): URL {
  const { pathname, search, origin } = new URL(url);
  return new URL(`${basePath}${pathname}${search}`, origin);
}

const isNow = (date: string, now: Date): boolean => {
  const [, day = '', time = ''] = /^(\d{8})T(\d{6})Z$/.exec(date) ?? [];
  const iso = `${day.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`;
  return Math.abs(Date.parse(iso) - now.getTime()) <= SKEW_MS && amzDate(new Date(iso)) === date;
};

const refused = () =>
  new ApiError(
    401,
    'invalid_signature',
    "the request isn't signed with the credentials that 'serve' prints, for the service execute-api, within the last five minutes",
  );
