import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { amzDate, authorizationOf } from '../../runtime/aws/sign-request';
import { textOf } from '../../runtime/http/answer-body';
import { Deadline } from '../../runtime/http/deadline';
import { post } from '../../runtime/http/post';
import { type Caller, clientSettings } from './caller';

/** A service whose API is JSON in a POST, as the names in its signature, its endpoint and its requests. */
export interface JsonService {
  readonly service: string;
  /** The first part of `x-amz-target`. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Calls an operation once. It is for the few calls of a service whose client of the AWS SDK nothing else needs.
 *
 * @throws an error with AWS's name for it, its status, and no text of the answer
 */
export async function jsonCall(
  caller: Pick<Caller, 'calls' | 'credentials'>,
  { service, target, version }: JsonService,
  region: string,
  operation: string,
  input: Json,
): Promise<Json> {
  const { endpoint } = clientSettings(caller, service, region);
  const url = new URL('/', endpoint);
  const body = JSON.stringify(input);
  const { sessionToken, ...keys } = caller.credentials;
  const headers = {
    host: url.host,
    'content-type': `application/x-amz-json-${version}`,
    'content-length': `${Buffer.byteLength(body)}`,
    'x-amz-date': amzDate(new Date()),
    'x-amz-target': `${target}.${operation}`,
    ...(sessionToken && { 'x-amz-security-token': sessionToken }),
  };
  const authorization = authorizationOf({ method: 'POST', url, headers, body }, { region, service }, keys);
  const deadline = new Deadline(undefined);
  deadline.within(caller.calls.timeoutMs);
  const agent = url.protocol === 'https:' ? new HttpsAgent({ rejectUnauthorized: true }) : new HttpAgent();
  try {
    const { protocol, hostname, port } = url;
    const { signal } = deadline;
    const sent = { protocol, hostname, port, path: '/', headers: { ...headers, authorization }, body, agent, signal };
    const response = await post(sent);
    const text = await textOf(response);
    deadline.read();
    const { statusCode = 0 } = response;
    if (statusCode === 200) return JSON.parse(text);
    throw failure(statusCode, text);
  } catch (error) {
    throw deadline.reason(error);
  } finally {
    deadline.over();
    agent.destroy();
  }
}

/** The service's error, by its name and status. Its message may quote what was sent. */
function failure(httpStatusCode: number, text: string): Error {
  const error = new Error(`AWS answered with ${httpStatusCode}`);
  // With a namespace before the name, in some answers.
  const name = /"__type"\s*:\s*"(?:[^"#]*#)?([A-Za-z]{1,64})"/.exec(text)?.[1];
  return Object.assign(error, { ...(name && { name }), $metadata: { httpStatusCode } });
}
