import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A version of an object; without bytes, a delete marker. */
export interface StoredVersion {
  readonly bytes?: Buffer;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Versions of a page: few, so that the versions of one object are on two. */
const PAGE = 7;

interface Entry {
  readonly key: string;
  readonly version: string;
  readonly tag: 'Version' | 'DeleteMarker' | 'CommonPrefixes';
}

/** A request that counts for nothing, and how many in a row. */
const ROUND = '/round';
const ROUNDS = 20;

/** A bucket with versions behind HTTP, as S3 answers at an address: lists in pages, single versions, and errors. STS too. */
export class BucketServer {
  public readonly requests: string[] = [];
  /** Versions of each object, first to last. */
  public readonly objects = new Map<string, StoredVersion[]>();
  /** Answers instead of the bucket, if it returns true. */
  public instead: (url: URL, response: ServerResponse) => boolean = () => false;
  private open = 0;
  private readonly server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://bucket');
    if (url.pathname === ROUND) return void response.end();
    this.open++;
    response.on('close', () => this.open--);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    request.resume();
    if (this.instead(url, response)) return;
    if (request.method === 'POST') post(request.headers['x-amz-target'], response);
    else if (url.searchParams.has('versions')) response.end(this.list(url.searchParams));
    else this.get(decodeURIComponent(url.pathname).split('/').slice(2).join('/'), url.searchParams, response);
  });

  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /**
   * Waits until no request is open, and none follows within some rounds to this server and back: what reads an answer in this process and
   * asks again does so within one.
   */
  public async idle(): Promise<void> {
    const { port } = this.server.address() as AddressInfo;
    for (let quiet = 0; quiet < ROUNDS; quiet = this.open === 0 ? quiet + 1 : 0) {
      await (await fetch(`http://127.0.0.1:${port}${ROUND}`)).text();
    }
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private list(query: URLSearchParams): string {
    const prefix = query.get('prefix') ?? '';
    const folders = new Set<string>();
    const entries: Entry[] = [];
    for (const key of [...this.objects.keys()].filter((one) => one.startsWith(prefix)).sort()) {
      const end = query.get('delimiter') === '/' ? key.indexOf('/', prefix.length) : -1;
      if (end >= 0) folders.add(key.slice(0, end + 1));
      else {
        const versions = this.objects.get(key) as StoredVersion[];
        const tags = versions.map(({ bytes }) => (bytes === undefined ? 'DeleteMarker' : 'Version') as Entry['tag']);
        entries.push(...tags.map((tag, index) => ({ key, version: `v${index}`, tag })).toReversed());
      }
    }
    for (const key of folders) entries.push({ key, version: '', tag: 'CommonPrefixes' });
    const [marker, version] = [query.get('key-marker'), query.get('version-id-marker') ?? ''];
    const from = entries.findIndex((one) => one.key === marker && one.version === version) + 1;
    const page = entries.slice(from, from + PAGE);
    const last = page.at(-1);
    const isTruncated = from + PAGE < entries.length;
    const next =
      isTruncated && last !== undefined
        ? `<NextKeyMarker>${last.key}</NextKeyMarker>${last.version && `<NextVersionIdMarker>${last.version}</NextVersionIdMarker>`}`
        : '';
    const items = page.map(({ key, version: id, tag }) =>
      tag === 'CommonPrefixes'
        ? `<${tag}><Prefix>${key}</Prefix></${tag}>`
        : `<${tag}><Key>${key}</Key><VersionId>${id}</VersionId></${tag}>`,
    );
    return `<ListVersionsResult><IsTruncated>${isTruncated}</IsTruncated>${next}${items.join('')}</ListVersionsResult>`;
  }

  private get(key: string, query: URLSearchParams, response: ServerResponse): void {
    const versions = this.objects.get(key) ?? [];
    const named = query.get('versionId');
    const { bytes, metadata = {} } = versions[named === null ? versions.length - 1 : Number(named.slice(1))] ?? {};
    if (bytes === undefined) {
      fail(response, 404, 'NoSuchKey');
      return;
    }
    const headers = Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
    response.writeHead(200, { ...Object.fromEntries(headers), 'content-length': bytes.length }).end(bytes);
  }
}

/** An error as S3 answers it. */
export function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(`<Error><Code>${code}</Code><Message>CANARY</Message></Error>`);
}

/** The caller's identity, and CloudTrail's public keys, of which this account has none. */
function post(target: string | string[] | undefined, response: ServerResponse): void {
  if (target !== undefined) {
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ PublicKeyList: [] }));
    return;
  }
  response.end(
    '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/ada</Arn>' +
      '<UserId>AIDATEST</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
  );
}
