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
const SERVICE = 'bedrock';

/** Every header that is signed, in the order of their names. */
const SIGNED = [
  'accept',
  'content-length',
  'content-type',
  'host',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
] as const;

/** The headers of a signed call. The token is present in a session only. */
type Headers = { readonly [Name in Exclude<(typeof SIGNED)[number], `x-amz-${string}`>]: string };

/**
 * Signs calls to Bedrock in one Region with Signature Version 4. The AWS SDK's signer signs any request, asynchronously and with a
 * general canonical form, which costs a call more time than everything else that this client does. A test compares both.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export class Signer {
  private readonly provide: () => Promise<SigningCredentials>;
  private key: { readonly of: string; readonly bytes: Buffer } | undefined;

  constructor(
    private readonly region: string,
    credentials: Credentials,
  ) {
    this.provide = typeof credentials === 'function' ? credentials : async () => credentials;
  }

  /**
   * The headers of a POST with its signature.
   *
   * @param path an encoded path without a query
   */
  public async sign(
    path: string,
    headers: Headers,
    body: Uint8Array,
    now = new Date(),
  ): Promise<Record<string, string>> {
    const { accessKeyId, secretAccessKey, sessionToken } = await this.provide();
    const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
    const day = time.slice(0, 8);
    const contentHash = hash('sha256', body);
    const signed: Record<string, string> = { ...headers, 'x-amz-content-sha256': contentHash, 'x-amz-date': time };
    if (sessionToken) signed['x-amz-security-token'] = sessionToken;
    const names = sessionToken ? SIGNED : SIGNED.slice(0, -1);
    const list = names.join(';');
    const lines = names.map((name) => `${name}:${signed[name]}\n`).join('');
    const canonical = `POST\n${canonicalPath(path)}\n\n${lines}\n${list}\n${contentHash}`;
    const scope = `${day}/${this.region}/${SERVICE}/aws4_request`;
    const signature = createHmac('sha256', this.keyOf(secretAccessKey, day))
      .update(`${ALGORITHM}\n${time}\n${scope}\n${hash('sha256', canonical)}`)
      .digest('hex');
    signed.authorization = `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${list}, Signature=${signature}`;
    return signed;
  }

  /** The key of a day, which is derived once. */
  private keyOf(secret: string, day: string): Buffer {
    const of = `${day} ${secret}`;
    if (this.key?.of !== of) {
      const steps = [day, this.region, SERVICE, 'aws4_request'];
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
