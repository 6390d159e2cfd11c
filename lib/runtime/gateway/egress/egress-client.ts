import { Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type EgressRequest, MOST_EGRESS_BYTES } from '../../../contract/egress';
import { amzDate, authorizationOf } from '../../aws/sign-request';
import type { SigningCredentials } from '../../aws/signature';
import { drain } from '../../http/answer-body';
import { connectWithin } from '../../http/connect-within';
import type { EndSignal } from '../../http/deadline';
import { post } from '../../http/post';
import { ApiError } from '../errors/api-error';
import type { Answer } from '../openai/transport';
import { EgressFailure } from './egress-failure';
import { payloadsOf } from './payloads';
import { readAnswer } from './read-answer';

export interface EgressClientOptions {
  readonly region: string;
  /** Lambda's endpoint in the Region. */
  readonly endpoint: string;
  /** The function's name or ARN, without an alias. */
  readonly functionName: string;
  /** The alias of this gateway's kind of tenant. */
  readonly alias: string;
  readonly credentials: () => Promise<SigningCredentials>;
}

const CONNECT_MS = 3_000;

/**
 * Has the deployment's egress function send a request to a provider outside AWS. This covers only the call in use, because the AWS SDK's client takes
 * longer to load than the rest of the gateway. Neither the environment nor a configuration file decides anything.
 */
export class EgressClient {
  private readonly url: URL;
  private readonly agent: HttpAgent | HttpsAgent;

  constructor(private readonly options: EgressClientOptions) {
    const { endpoint, functionName, alias } = options;
    this.url = new URL(
      `/2021-11-15/functions/${encodeURIComponent(functionName)}/response-streaming-invocations?Qualifier=${alias}`,
      endpoint,
    );
    const connections = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY };
    const agent =
      this.url.protocol === 'https:'
        ? new HttpsAgent({ ...connections, rejectUnauthorized: true })
        : new HttpAgent(connections);
    this.agent = connectWithin(agent, CONNECT_MS);
  }

  /**
   * Sends a request once.
   *
   * @throws ApiError if it is larger than Lambda passes on; otherwise as a call of a server fails
   */
  public async call(request: EgressRequest, signal: EndSignal): Promise<Answer> {
    const payload = JSON.stringify(request);
    if (Buffer.byteLength(payload) >= MOST_EGRESS_BYTES) throw tooLarge();
    const answer = await this.send(payload, 'InvokeWithResponseStream', signal);
    if (answer.statusCode === 200) return readAnswer(payloadsOf(answer));
    await drain(answer);
    throw failureOf(answer.statusCode ?? 0);
  }

  private async send(
    body: string,
    _operation: 'InvokeWithResponseStream',
    signal: EndSignal,
  ): Promise<IncomingMessage> {
    const { url, agent } = this;
    const { region, credentials } = this.options;
    const { sessionToken, ...signing } = await credentials();
    const headers = {
      host: url.host,
      'content-type': 'application/json',
      'content-length': `${Buffer.byteLength(body)}`,
      'x-amz-date': amzDate(new Date()),
      ...(sessionToken && { 'x-amz-security-token': sessionToken }),
    };
    const authorization = authorizationOf(
      { method: 'POST', url, headers, body },
      { region, service: 'lambda' },
      signing,
    );
    const { protocol, hostname, port, pathname, search } = url;
    const path = `${pathname}${search}`;
    return post({ protocol, hostname, port, path, headers: { ...headers, authorization }, body, agent, signal });
  }
}

function failureOf(status: number): Error {
  if (status === 413) return tooLarge();
  if (status === 429) return new EgressFailure('EgressThrottled');
  // Lambda's other failures that another moment may end: 408, 409 and 410 are about a function that isn't ready.
  if (status >= 500 || [408, 409, 410].includes(status)) return new EgressFailure('EgressFailed');
  return new EgressFailure(status >= 400 ? 'EgressRefused' : 'EgressBroken');
}

const tooLarge = () =>
  new ApiError(
    413,
    'request_too_large',
    'the request is larger than 6 MB, which is the most that a deployment can send to a provider outside AWS; send smaller files or images, or ' +
      'name a model of Bedrock',
  );
