import { CloudTrailClient, ListPublicKeysCommand, type PublicKey } from '@aws-sdk/client-cloudtrail';
import { GetObjectCommand, type GetObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { decideRegion } from '../../boundary/region';
import { type FirstVersions, firstVersions } from '../../runtime/aws/first-versions';
import { endpointOf } from '../../runtime/settings/clients';
import type { BundleSource } from '../audit/fetch/bundle-options';
import type { EvidenceStore, StoredFile } from '../audit/fetch/evidence-store';
import type { TrailKey } from '../audit/trail/trail-keys';
import { type Caller, clientSettings } from '../aws/caller';
import { UsageError } from '../shared/usage-error';

/** Of 1,000 versions each. The folder with the most files has a checkpoint of each hour. */
const MOST_PAGES = 1_000;
/** How often a file is read whose connection ends before its last byte: the SDK repeats requests, but not their bodies. */
const READS = 3;

/** The evidence bucket of an account, read with the caller's own credentials. */
export function evidenceBucket(caller: Caller, { bucket, region, boundary, askOutside }: BundleSource): EvidenceStore {
  const client = new S3Client({ ...clientSettings(caller, 's3', region), followRegionRedirects: false });
  const listed = new Map<string, Promise<FirstVersions>>();
  const versionsIn = (prefix: string): Promise<FirstVersions> => {
    const known = listed.get(prefix) ?? listing(client, bucket, prefix);
    listed.set(prefix, known);
    return known;
  };
  return {
    account: caller.account,

    async list(prefix) {
      const { ids, folders } = await versionsIn(prefix);
      return [...ids.keys(), ...folders];
    },

    async get(file) {
      const { ids, replaced } = await versionsIn(file.slice(0, file.lastIndexOf('/') + 1));
      const version = ids.get(file);
      if (version === undefined) return undefined;
      const read = await readWhole(client, { Bucket: bucket, Key: file, VersionId: version });
      return { ...read, isReplaced: replaced.has(file) };
    },

    async publicKeys(of, from, to) {
      const isInside = decideRegion(boundary, of).inside;
      if (!isInside && !askOutside) return undefined;
      const client = new CloudTrailClient(
        isInside ? clientSettings(caller, 'cloudtrail', of) : outside(caller, region, of),
      );
      const keys: TrailKey[] = [];
      try {
        let next: string | undefined;
        do {
          const page = await client.send(new ListPublicKeysCommand({ StartTime: from, EndTime: to, NextToken: next }));
          keys.push(...(page.PublicKeyList ?? []).map(keyOf));
          next = page.NextToken;
        } while (next !== undefined);
      } catch (error) {
        throw notRead(`CloudTrail's public keys of ${of}`, 'cloudtrail:ListPublicKeys', error as Error);
      }
      return { region: of, fetchedAt: new Date().toISOString(), keys };
    },
  };
}

async function listing(client: S3Client, name: string, prefix: string): Promise<FirstVersions> {
  const found = await firstVersions({ client, name, prefix, delimiter: '/', mostPages: MOST_PAGES }).catch((error) => {
    throw notRead(`the list of ${prefix} in the evidence bucket`, 's3:ListBucketVersions', error);
  });
  if (found !== undefined) return found;
  throw new UsageError(
    `${prefix} in the evidence bucket has more than ${MOST_PAGES} thousand versions; find who wrote them in the trail, and delete those that no lock keeps`,
  );
}

async function readWhole(client: S3Client, version: GetObjectCommandInput): Promise<Omit<StoredFile, 'isReplaced'>> {
  for (let read = 1; ; read += 1) {
    try {
      const { Body, Metadata = {} } = await client.send(new GetObjectCommand(version));
      return { bytes: Buffer.from((await Body?.transformToByteArray()) ?? []), metadata: Metadata };
    } catch (error) {
      // An answer of S3 with an error was repeated by the SDK already.
      const isAnswered = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined;
      if (isAnswered || read === READS) {
        throw notRead(`${version.Key} in the evidence bucket`, 's3:GetObjectVersion and kms:Decrypt', error as Error);
      }
    }
  }
}

const DENIED = /^(AccessDenied(Exception)?|Forbidden|UnauthorizedOperation)$/;

/** Why something can't be read, by the name of the error: its message could hold anything. */
function notRead(what: string, actions: string, { name }: Error): UsageError {
  if (DENIED.test(name)) return new UsageError(`${what}: your credentials may not read it; allow ${actions}`);
  if (name === 'NoSuchBucket')
    return new UsageError('--bucket: no such bucket; name the evidence bucket of the foundation');
  if (/Redirect$/.test(name)) return new UsageError('--region: the bucket is in another Region; name its own');
  return new UsageError(
    `${what} can't be read (${/^\w{1,64}$/.test(name) ? name : 'Error'}); try again, into another folder`,
  );
}

/** The caller asked for it, and a request has nothing but a period. */
const outside = (caller: Caller, own: string, region: string) => ({
  ...clientSettings(caller, 'cloudtrail', own),
  region,
  endpoint: endpointOf('cloudtrail', region),
});

const keyOf = ({
  Fingerprint = '',
  Value = new Uint8Array(),
  ValidityStartTime,
  ValidityEndTime,
}: PublicKey): TrailKey => ({
  fingerprint: Fingerprint,
  value: Buffer.from(Value).toString('base64'),
  validFrom: (ValidityStartTime ?? new Date(0)).toISOString(),
  validTo: (ValidityEndTime ?? new Date(0)).toISOString(),
});
