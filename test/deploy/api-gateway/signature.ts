import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Identity } from '../harness/aws';
import { ACCOUNT } from '../harness/emulator';

/** The parts of a request that a signature covers. */
export interface Signable {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type HashInput = Parameters<InstanceType<typeof Sha256>['update']>[0];

class Sha256 {
  private hash;

  constructor(private readonly secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = this.fresh();
  }

  public update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(typeof data === 'string' ? data : bytes(data));
  }

  public async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.hash.digest());
  }

  public reset(): void {
    this.hash = this.fresh();
  }

  private fresh() {
    if (this.secret === undefined) return createHash('sha256');
    return createHmac('sha256', typeof this.secret === 'string' ? this.secret : bytes(this.secret));
  }
}

const bytes = (data: Exclude<HashInput, string>): Uint8Array =>
  ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);

const signer = (credentials: Identity, service = 'execute-api') =>
  new SignatureV4({
    service,
    region: 'eu-central-1',
    credentials,
    sha256: Sha256,
    applyChecksum: false,
  });

/** The headers of a signed request, as a client of an API with IAM authorization sends them. */
export async function sign(
  request: Signable,
  secret: string,
  signingDate = new Date(),
): Promise<Readonly<Record<string, string>>> {
  const { method, host, path, headers, body } = request;
  const signed = await signer({ accessKeyId: ACCOUNT, secretAccessKey: secret }).sign(
    { method, protocol: 'https:', hostname: host, path, query: {}, headers: { ...headers, host }, body },
    { signingDate },
  );
  return signed.headers;
}

/** The signature that a request has if a caller has signed these headers of it, by a second implementation of the algorithm. */
export async function signatureOf(
  { method, path, query, headers, body }: Omit<Signable, 'host'> & { readonly query: URLSearchParams },
  caller: Identity,
  service?: 'lambda',
): Promise<string> {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headers['x-amz-date'] ?? '') ?? [];
  const { headers: signed } = await signer(caller, service).sign(
    {
      method,
      protocol: 'https:',
      hostname: headers.host ?? '',
      path,
      query: Object.fromEntries(query),
      headers: { ...headers },
      body,
    },
    { signingDate: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) },
  );
  return /Signature=(\w{64})$/.exec(signed.authorization ?? '')?.[1] ?? '';
}
