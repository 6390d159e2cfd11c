import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as it was received, with the service and Region of its signature. */
export interface AwsCall {
  readonly service: string;
  readonly region: string;
  /** `GetParameter`, or `GET /account` if the protocol has no action. */
  readonly action: string;
  /** The decoded path below the root, with its query. */
  readonly path: string;
  readonly body: string;
}

/** An answer: a body, an error by its name, or no answer at all. */
export type AwsAnswer = { readonly json: unknown } | { readonly xml: string } | AwsObject | AwsError | 'hang';

/** An object of S3. */
export interface AwsObject {
  readonly bytes: Buffer;
  readonly headers?: Record<string, string>;
}

export interface AwsError {
  readonly error: string;
  readonly status?: number;
  readonly message?: string;
}

/** Answers a call; undefined leaves it to the next answerer. */
export type Answerer = (call: AwsCall) => AwsAnswer | undefined;

/** AWS's services in all Regions on one port, in their own protocols: REST-JSON, JSON 1.1, Query, EC2 and S3. */
export class FakeAws {
  public readonly calls: AwsCall[] = [];
  /** Called in this order; the first answer counts. */
  public answerers: Answerer[] = [];
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  public async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  public stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** The environment of a command that calls this server, with fake credentials. */
  public environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'test',
    };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const call = callOf(request, body);
    this.calls.push(call);
    const answer = this.answerers.map((answerer) => answerer(call)).find((result) => result !== undefined);
    if (answer === 'hang') return;
    const {
      status = 200,
      headers,
      text,
    } = encoded(call, answer ?? { error: 'UnknownOperationException', status: 404 });
    response.writeHead(status, headers).end(text);
  }
}

function callOf({ method, url = '', headers }: IncomingMessage, body: string): AwsCall {
  const [, region = '', service = ''] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const path = decodeURIComponent(url);
  const target =
    String(headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) || undefined;
  return {
    service,
    region,
    action: target ?? new URLSearchParams(body).get('Action') ?? `${method} ${path}`,
    path,
    body,
  };
}

interface Encoded {
  readonly status?: number;
  readonly headers: Record<string, string>;
  readonly text: string | Buffer;
}

const XML = ['sts', 'iam', 'ec2', 'cloudformation', 's3'];

function encoded(call: AwsCall, answer: Exclude<AwsAnswer, 'hang'>): Encoded {
  if ('json' in answer) return { headers: { 'content-type': 'application/json' }, text: JSON.stringify(answer.json) };
  if ('bytes' in answer) return { headers: answer.headers ?? {}, text: answer.bytes };
  if ('xml' in answer) return { headers: { 'content-type': 'text/xml' }, text: answer.xml };
  const { error, status = 400, message = 'CANARY of AWS' } = answer;
  if (!XML.includes(call.service)) {
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': error };
    return { status, headers, text: JSON.stringify({ __type: error, message }) };
  }
  const inner = `<Error><Type>Sender</Type><Code>${error}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { 'content-type': 'text/xml' }, text: xmlOf(call.service, inner) };
}

function xmlOf(service: string, error: string): string {
  if (service === 's3') return error;
  if (service === 'ec2') return `<Response><Errors>${error}</Errors><RequestID>1</RequestID></Response>`;
  return `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`;
}

/** STS, which returns the caller's identity to any caller with credentials. */
export const whoAmI: Answerer = ({ service, action }) =>
  service === 'sts' && action === 'GetCallerIdentity'
    ? {
        xml:
          '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/ada</Arn>' +
          '<UserId>AIDATEST</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
      }
    : undefined;
