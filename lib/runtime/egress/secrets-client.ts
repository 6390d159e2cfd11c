import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type Credentials, Signer } from '../aws/signature';
import { textOf } from '../http/answer-body';
import { connectWithin } from '../http/connect-within';
import { Deadline } from '../http/deadline';
import { post } from '../http/post';

/** The present version of a secret. */
export interface SecretVersion {
  readonly version: string;
  readonly value: string;
}

/** Secrets Manager refused to disclose a secret: its name is unknown, or the role lacks a permission. */
export class SecretRefused extends Error {
  public override readonly name = 'SecretRefused';
}

const [CONNECT_MS, ANSWER_MS] = [3_000, 5_000];

/** Secrets Manager in one Region. This covers only the call in use, because the AWS SDK's client takes long to load. */
export class SecretsClient {
  private readonly url: URL;
  private readonly signer: Signer;
  // A function may have been frozen since its last call, a minute ago or more.
  private readonly agent: HttpAgent | HttpsAgent;

  constructor(region: string, endpoint: string, credentials: Credentials) {
    this.url = new URL(endpoint);
    this.signer = new Signer('secretsmanager', region, credentials);
    const agent =
      this.url.protocol === 'https:'
        ? new HttpsAgent({ rejectUnauthorized: true })
        : new HttpAgent({ keepAlive: false });
    this.agent = connectWithin(agent, CONNECT_MS);
  }

  /**
   * The present version of a secret; none if it has none.
   *
   * @throws SecretRefused if it isn't disclosed, and another error if there was no readable answer
   */
  public async current(secret: string): Promise<SecretVersion | undefined> {
    const { status, text } = await this.send(secret, 'GetSecretValue');
    const { __type, SecretString: value, VersionId: version } = JSON.parse(text);
    if (status === 200) {
      if (typeof version !== 'string') throw new Error('the answer to GetSecretValue has no version');
      return typeof value === 'string' ? { version, value } : undefined;
    }
    // With a namespace before it, in some answers.
    const type = String(__type).split('#').at(-1);
    if (type === 'ResourceNotFoundException') return undefined;
    if (status >= 500 || type === 'ThrottlingException') throw new Error(`Secrets Manager answered with ${status}`);
    throw new SecretRefused(`Secrets Manager refused GetSecretValue with ${status}`);
  }

  private async send(secret: string, operation: 'GetSecretValue'): Promise<{ status: number; text: string }> {
    const { protocol, hostname, host, port } = this.url;
    const body = JSON.stringify({ SecretId: secret });
    const headers = await this.signer.sign(
      '/',
      {
        host,
        'content-type': 'application/x-amz-json-1.1',
        'content-length': `${Buffer.byteLength(body)}`,
        'x-amz-target': `secretsmanager.${operation}`,
      },
      body,
    );
    const deadline = new Deadline(undefined);
    deadline.within(ANSWER_MS);
    try {
      const { agent } = this;
      const response = await post({
        protocol,
        hostname,
        port,
        path: '/',
        headers,
        body,
        agent,
        signal: deadline.signal,
      });
      const text = await textOf(response);
      deadline.read();
      return { status: response.statusCode ?? 0, text };
    } catch (error) {
      throw deadline.reason(error);
    } finally {
      deadline.over();
    }
  }
}
