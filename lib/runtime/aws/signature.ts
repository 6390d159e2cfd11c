import { createHmac, hash } from 'node:crypto';

/** Credentials for signing. Those of a session have a token. */
export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The credentials themselves, or their provider, which is asked for each signature. */
export type Credentials = SigningCredentials | (() => Promise<SigningCredentials>);

const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * Signs calls to a service in one Region with Signature Version 4. The AWS SDK's signer signs any request, asynchronously and in several
 * times the time. This one signs a POST without a query, all of whose headers are signed and have values without surplus blanks.
 * A test compares both.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export class Signer {
  private readonly provide: () => Promise<SigningCredentials>;
  private time: { readonly second: number; readonly text: string } | undefined;
  private path: { readonly path: string; readonly canonical: string } | undefined;
  private key: { readonly of: string; readonly bytes: Buffer } | undefined;

  constructor(
    private readonly service: 'bedrock' | 'dynamodb' | 'secretsmanager',
    private readonly region: string,
    credentials: Credentials,
  ) {
    this.provide = typeof credentials === 'function' ? credentials : async () => credentials;
  }

  /**
   * The headers of a POST with its signature.
   *
   * @param path an encoded path without a query
   * @param headers with names in lower case, `host` among them
   */
  public async sign(
    path: string,
    headers: Readonly<Record<string, string>>,
    body: Uint8Array | string,
    now = new Date(),
  ): Promise<Record<string, string>> {
    const { accessKeyId, secretAccessKey, sessionToken } = await this.provide();
    const time = this.timeOf(now);
    const day = time.slice(0, 8);
    const contentHash = hash('sha256', body);
    const signed: Record<string, string> = { ...headers, 'x-amz-content-sha256': contentHash, 'x-amz-date': time };
    if (sessionToken) signed['x-amz-security-token'] = sessionToken;
    const names = Object.keys(signed).sort();
    const list = names.join(';');
    let lines = '';
    for (const name of names) lines += `${name}:${signed[name]}\n`;
    const canonical = `POST\n${this.canonicalPathOf(path)}\n\n${lines}\n${list}\n${contentHash}`;
    const scope = `${day}/${this.region}/${this.service}/aws4_request`;
    const signature = createHmac('sha256', this.keyOf(secretAccessKey, day))
      .update(`${ALGORITHM}\n${time}\n${scope}\n${hash('sha256', canonical)}`)
      .digest('hex');
    signed.authorization = `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${list}, Signature=${signature}`;
    return signed;
  }

  /** A time in the basic format of ISO 8601. It is the same for a whole second. */
  private timeOf(now: Date): string {
    const second = Math.floor(now.getTime() / 1_000);
    if (this.time?.second !== second) {
      this.time = { second, text: now.toISOString().replace(/[-:]|\.\d+/g, '') };
    }
    return this.time.text;
  }

  /** The last path is encoded once, because most calls have the path of the call before. */
  private canonicalPathOf(path: string): string {
    if (this.path?.path !== path) this.path = { path, canonical: canonicalPath(path) };
    return this.path.canonical;
  }

  /** The key of a day, which is derived once. */
  private keyOf(secret: string, day: string): Buffer {
    const of = `${day} ${secret}`;
    if (this.key?.of !== of) {
      const steps = [day, this.region, this.service, 'aws4_request'];
      const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
      this.key = { of, bytes: steps.reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`)) };
    }
    return this.key.bytes;
  }
}

/** A path is encoded once more in the signature, except for its slashes. */
const canonicalPath = (path: string): string =>
  path
    .split('/')
    .map((segment) => encodeURIComponent(segment).replace(/[!'()*]/g, percent))
    .join('/');

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
