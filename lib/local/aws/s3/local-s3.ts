import { Readable } from 'node:stream';
import type { ContentDatabase } from '../shared/content-database';
import { LocalFault, unsupported } from '../shared/fault';
import type { LocalRequest, LocalResponse, LocalService } from '../shared/request-handler';
import { byteRange } from './byte-range';
import { digests, Objects, type ObjectVersion } from './objects';
import { Uploads } from './uploads';
import { elements, text, xml } from './xml';

interface Call {
  readonly bucket: string;
  readonly key: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

type Operation = (call: Call) => LocalResponse;

/** The part of S3 that a workspace uses, on the embedded store. Every bucket is versioned. */
export class LocalS3 implements LocalService {
  private readonly objects: Objects;
  private readonly uploads: Uploads;

  constructor(
    private readonly database: ContentDatabase,
    private readonly buckets: readonly string[],
    now: () => Date,
  ) {
    this.objects = new Objects(database, now);
    this.uploads = new Uploads(database);
  }

  public async answer({ method, path, query, headers, body }: LocalRequest): Promise<LocalResponse> {
    const [bucket = '', ...rest] = path.replace(/^\//, '').split('/').map(decodeURIComponent);
    const { 'x-id': _, ...others } = query;
    const call = {
      bucket,
      key: rest.join('/'),
      query: Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value ?? '')])),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
      body,
    };
    try {
      if (!this.buckets.includes(bucket))
        throw new LocalFault('NoSuchBucket', 'The specified bucket does not exist', 404);
      requireKnownHeaders(call.headers);
      return this.operation(method, call)(call);
    } catch (error) {
      if (!(error instanceof LocalFault)) throw error;
      const document = method === 'HEAD' ? undefined : xml('Error', { Code: error.name, Message: error.message });
      return answer(error.status, {}, document);
    }
  }

  /** What distinguishes S3's operations: the method, whether there is a key, and what is in the query. */
  private operation(method: string, { key, query }: Call): Operation {
    const given = Object.keys(query);
    const is = (name: string, value: string, ...allowed: readonly string[]) =>
      method === name &&
      (value === '' || given.includes(value)) &&
      given.every((one) => one === value || allowed.includes(one));
    if (key === '') {
      if (is('GET', 'list-type', 'prefix', 'delimiter', 'continuation-token', 'start-after', 'max-keys'))
        return this.list;
      if (is('GET', 'versions', 'prefix', 'key-marker', 'version-id-marker', 'max-keys')) return this.listVersions;
      if (is('POST', 'delete')) return this.deleteMany;
    } else {
      if (is('PUT', 'uploadId', 'partNumber')) return this.uploadPart;
      if (is('PUT', 'tagging')) return this.putTags;
      if (is('GET', 'tagging')) return this.getTags;
      if (is('DELETE', 'tagging')) return this.deleteTags;
      if (is('PUT', '')) return this.put;
      if (is('GET', 'uploadId')) return this.listParts;
      if (is('GET', '', 'versionId')) return (call) => this.get(call, true);
      if (is('HEAD', '', 'versionId')) return (call) => this.get(call, false);
      if (is('DELETE', 'uploadId')) return this.abort;
      if (is('DELETE', '', 'versionId')) return this.delete;
      if (is('POST', 'uploads')) return this.begin;
      if (is('POST', 'uploadId')) return this.complete;
    }
    throw unsupported(
      `request ${method} ${key === '' ? 'of a bucket' : 'of an object'} with ${given.join(', ') || 'nothing'}`,
    );
  }

  private readonly put: Operation = ({ bucket, key, headers, body }) => {
    requireKey(key);
    requireChecksum(headers, body);
    return this.database.together(() => {
      this.requireMatch(bucket, key, headers);
      const stored = this.objects.put(bucket, key, body, storedHeaders(headers));
      return answer(200, { etag: stored.etag, 'x-amz-version-id': stored.version });
    });
  };

  private get({ bucket, key, query, headers }: Call, withBytes: boolean): LocalResponse {
    const found = this.objects.find(bucket, key, query.versionId);
    if (found === undefined || found.isMarker) {
      if (query.versionId !== undefined && found === undefined)
        throw new LocalFault('NoSuchVersion', 'The specified version does not exist.', 404);
      throw new LocalFault('NoSuchKey', 'The specified key does not exist.', 404);
    }
    if (headers['if-match'] !== undefined && headers['if-match'] !== found.etag) throw notMet();
    const range = byteRange(headers.range, found.size);
    const whole = withBytes ? this.objects.bytes(found) : undefined;
    return answer(
      range === undefined ? 200 : 206,
      {
        ...withoutTags(found.headers),
        etag: found.etag,
        'last-modified': found.created.toUTCString(),
        'x-amz-version-id': found.version,
        'content-length': String(range === undefined ? found.size : range.end - range.begin + 1),
        ...(range && { 'content-range': `bytes ${range.begin}-${range.end}/${found.size}` }),
        ...(range === undefined &&
          headers['x-amz-checksum-mode'] === 'ENABLED' && { 'x-amz-checksum-crc32': found.crc32 }),
      },
      range === undefined ? whole : whole?.subarray(range.begin, range.end + 1),
    );
  }

  private readonly putTags: Operation = ({ bucket, key, body }) => {
    const tags = elements(Buffer.from(body).toString('utf8'), 'Tag').map((tag): [string, string] => [
      text(tag, 'Key') ?? '',
      text(tag, 'Value') ?? '',
    ]);
    this.objects.describe(this.current(bucket, key), {
      [TAGS]: new URLSearchParams(tags).toString(),
    });
    return answer(200, {});
  };

  private readonly getTags: Operation = ({ bucket, key }) => {
    const tags = new URLSearchParams(this.current(bucket, key).headers[TAGS]);
    const Tag = [...tags].map(([Key, Value]) => ({ Key, Value }));
    return answer(200, {}, xml('Tagging', { TagSet: { Tag } }));
  };

  private readonly deleteTags: Operation = ({ bucket, key }) => {
    this.objects.describe(this.current(bucket, key), { [TAGS]: '' });
    return answer(204, {});
  };

  private current(bucket: string, key: string): ObjectVersion {
    const found = this.objects.find(bucket, key);
    if (found === undefined) throw new LocalFault('NoSuchKey', 'The specified key does not exist.', 404);
    if (!found.isMarker) return found;
    throw new LocalFault('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
  }

  private readonly delete: Operation = ({ bucket, key, query }) => {
    const deleted = this.objects.delete(bucket, key, query.versionId);
    return answer(204, {
      ...(deleted && { 'x-amz-version-id': deleted.version, 'x-amz-delete-marker': String(deleted.isMarker) }),
    });
  };

  private readonly deleteMany: Operation = ({ bucket, body }) => {
    const named = elements(Buffer.from(body).toString('utf8'), 'Object');
    if (named.length > 1_000) throw new LocalFault('MalformedXML', 'At most 1000 objects may be deleted at once');
    const Deleted = named.map((one) => {
      const [Key = '', VersionId] = [text(one, 'Key'), text(one, 'VersionId')];
      const deleted = this.objects.delete(bucket, Key, VersionId);
      return {
        Key,
        VersionId,
        ...(deleted?.isMarker && { DeleteMarker: true, DeleteMarkerVersionId: deleted.version }),
      };
    });
    return answer(200, {}, xml('DeleteResult', { Deleted }));
  };

  private readonly list: Operation = ({ bucket, query }) => {
    const { prefix = '', delimiter } = query;
    if (delimiter !== undefined && delimiter !== '') throw unsupported('delimiter in a list of objects');
    const token = query['continuation-token'];
    const after = token === undefined ? (query['start-after'] ?? '') : Buffer.from(token, 'base64url').toString();
    const most = Math.min(Number(query['max-keys'] ?? 1_000), 1_000);
    const found = this.objects.list(bucket, prefix, after, most + 1, true);
    const page = found.slice(0, most);
    const last = page.at(-1)?.key ?? '';
    const isMore = found.length > most;
    const content = {
      Name: bucket,
      Prefix: prefix,
      KeyCount: page.length,
      MaxKeys: most,
      IsTruncated: isMore,
      NextContinuationToken: isMore ? Buffer.from(last).toString('base64url') : undefined,
      Contents: page.map((version) => listed(version)),
    };
    return answer(200, {}, xml('ListBucketResult', content));
  };

  private readonly listVersions: Operation = ({ bucket, query }) => {
    const { prefix = '' } = query;
    if (query['version-id-marker'] !== undefined)
      throw unsupported('page that begins within the versions of one object');
    const most = Math.min(Number(query['max-keys'] ?? 1_000), 1_000);
    const found = this.objects.list(bucket, prefix, query['key-marker'] ?? '', most + 1, false);
    // A page ends between two objects, never between two versions of one object.
    const [first, cut] = [found[0]?.key, found.length > most ? found.at(-1)?.key : undefined];
    if (cut !== undefined && cut === first) throw unsupported(`object with more than ${most} versions`);
    const page = cut === undefined ? found : found.filter(({ key }) => key !== cut);
    const entry = (version: ObjectVersion) => ({
      ...listed(version),
      VersionId: version.version,
      IsLatest: version.isLatest,
    });
    const content = {
      Name: bucket,
      Prefix: prefix,
      MaxKeys: most,
      IsTruncated: cut !== undefined,
      NextKeyMarker: cut === undefined ? undefined : page.at(-1)?.key,
      Version: page.filter(({ isMarker }) => !isMarker).map(entry),
      DeleteMarker: page.filter(({ isMarker }) => isMarker).map(entry),
    };
    return answer(200, {}, xml('ListVersionsResult', content));
  };

  private readonly begin: Operation = ({ bucket, key, headers }) => {
    requireKey(key);
    const UploadId = this.uploads.begin({ bucket, key, headers: storedHeaders(headers) });
    return answer(200, {}, xml('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId }));
  };

  private readonly uploadPart: Operation = (call) => {
    const number = Number(call.query.partNumber);
    if (!(number >= 1 && number <= 10_000))
      throw new LocalFault('InvalidArgument', 'Part number must be an integer between 1 and 10000');
    requireChecksum(call.headers, call.body);
    const { id } = this.upload(call);
    return answer(200, { etag: this.uploads.put(id, number, call.body) });
  };

  private readonly listParts: Operation = (call) => {
    const { id } = this.upload(call);
    const Part = this.uploads
      .parts(id)
      .map(({ number, etag, size }) => ({ PartNumber: number, ETag: etag, Size: size }));
    return answer(200, {}, xml('ListPartsResult', { UploadId: id, IsTruncated: false, Part }));
  };

  private readonly complete: Operation = (call) => {
    const { bucket, key } = call;
    const { id, headers } = this.upload(call);
    const parts = this.uploads.parts(id);
    const named = elements(Buffer.from(call.body).toString('utf8'), 'Part').map((one) => {
      const requested = Number(text(one, 'PartNumber'));
      const part = parts.find(({ number }) => number === requested);
      if (part === undefined || part.etag.replaceAll('"', '') !== text(one, 'ETag')?.replaceAll('"', '')) {
        throw new LocalFault('InvalidPart', 'One or more of the specified parts could not be found.');
      }
      return part;
    });
    if (named.length === 0) throw new LocalFault('MalformedXML', 'You must specify at least one part');
    if (named.some(({ number }, at) => number <= (named[at - 1]?.number ?? 0))) {
      throw new LocalFault('InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    if (named.slice(0, -1).some(({ size }) => size < LEAST_PART_BYTES)) {
      throw new LocalFault('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    }
    const stored = this.database.together(() => {
      this.requireMatch(bucket, key, call.headers);
      const body = Buffer.concat(named.map(({ number }) => this.uploads.bytes(id, number)));
      const version = this.objects.put(bucket, key, body, headers);
      this.uploads.end(id);
      return version;
    });
    const content = { Bucket: bucket, Key: key, ETag: stored.etag };
    return answer(200, { 'x-amz-version-id': stored.version }, xml('CompleteMultipartUploadResult', content));
  };

  private readonly abort: Operation = (call) => {
    this.uploads.end(this.upload(call).id);
    return answer(204, {});
  };

  private upload({ bucket, key, query }: Call) {
    const id = query.uploadId ?? '';
    const found = this.uploads.find(id, bucket, key);
    if (found === undefined) throw new LocalFault('NoSuchUpload', 'The specified upload does not exist.', 404);
    return { id, headers: found.headers };
  }

  private requireMatch(bucket: string, key: string, headers: Call['headers']): void {
    const { 'if-none-match': none, 'if-match': match } = headers;
    if (none !== undefined && none !== '*') throw unsupported(`If-None-Match other than '*'`);
    if (none === undefined && match === undefined) return;
    const found = this.objects.find(bucket, key);
    const etag = found === undefined || found.isMarker ? undefined : found.etag;
    if ((none !== undefined && etag !== undefined) || (match !== undefined && etag !== match)) throw notMet();
  }
}

const LEAST_PART_BYTES = 5 * 1024 * 1024;

const listed = ({ key, etag, size, created }: ObjectVersion) => ({
  Key: key,
  LastModified: created.toISOString(),
  ETag: etag,
  Size: size,
});

const notMet = () =>
  new LocalFault('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);

function requireKey(key: string): void {
  if (Buffer.byteLength(key) > 1024) throw new LocalFault('KeyTooLongError', 'Your key is too long');
}

/** A stream's body would arrive in chunks with signatures, which this store doesn't support. */
function requireChecksum(headers: Call['headers'], body: Uint8Array): void {
  if (headers['content-encoding']?.includes('aws-chunked'))
    throw unsupported('body in chunks: give the client whole bytes');
  const expected = headers['x-amz-checksum-crc32'];
  if (expected === undefined || expected === digests(body).checksum) return;
  throw new LocalFault('BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
}

/** The header with an object's tags, in the form of a query. Tags have a request of their own. */
const TAGS = 'x-amz-tagging';

const STORED = /^(content-type|content-disposition|content-language|cache-control|x-amz-meta-.+|x-amz-tagging)$/;
/** Headers that the SDK sends with every request, or that request what every local object has. */
const IGNORED =
  /^x-amz-(date|content-sha256|user-agent|security-token|sdk-.+|checksum-.+|server-side-encryption.*|expected-bucket-owner)$/;

const storedHeaders = (headers: Call['headers']) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => STORED.test(name)));

const withoutTags = ({ [TAGS]: _, ...headers }: Call['headers']) => headers;

function requireKnownHeaders(headers: Call['headers']): void {
  const unknown = Object.keys(headers).find(
    (name) => name.startsWith('x-amz-') && !STORED.test(name) && !IGNORED.test(name),
  );
  if (unknown !== undefined) throw unsupported(`header '${unknown}' of S3`);
}

function answer(statusCode: number, headers: Record<string, string>, body?: string | Buffer): LocalResponse {
  const bytes = Buffer.from(body ?? '');
  return { statusCode, headers, body: Readable.from(bytes.length === 0 ? [] : [bytes]) };
}
