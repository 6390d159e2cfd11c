import { CloudTrailClient, ListPublicKeysCommand, type PublicKey } from '@aws-sdk/client-cloudtrail';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { decideRegion } from '../../boundary/region';
import { endpointOf } from '../../runtime/settings/clients';
import type { BundleSource } from '../audit/fetch/bundle-options';
import type { EvidenceStore } from '../audit/fetch/evidence-store';
import type { TrailKey } from '../audit/trail/trail-keys';
import { type Caller, clientSettings } from '../aws/caller';

/** The evidence bucket of an account, read with the caller's own credentials. */
export function evidenceBucket(caller: Caller, { bucket, region, boundary, askOutside }: BundleSource): EvidenceStore {
  const s3 = new S3Client({ ...clientSettings(caller, 's3', region), followRegionRedirects: false });
  return {
    account: caller.account,

    async list(prefix) {
      const names: string[] = [];
      let next: string | undefined;
      do {
        const command = new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          Delimiter: '/',
          ContinuationToken: next,
        });
        const page = await s3.send(command);
        names.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
        names.push(...(page.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []));
        next = page.NextContinuationToken;
      } while (next !== undefined);
      return names;
    },

    async get(file) {
      try {
        const { Body, Metadata = {} } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: file }));
        return { bytes: Buffer.from((await Body?.transformToByteArray()) ?? []), metadata: Metadata };
      } catch (error) {
        if ((error as Error).name === 'NoSuchKey') return undefined;
        throw error;
      }
    },

    async publicKeys(of, from, to) {
      const isInside = decideRegion(boundary, of).inside;
      if (!isInside && !askOutside) return undefined;
      const client = new CloudTrailClient(
        isInside ? clientSettings(caller, 'cloudtrail', of) : outside(caller, region, of),
      );
      const keys: TrailKey[] = [];
      let next: string | undefined;
      do {
        const page = await client.send(new ListPublicKeysCommand({ StartTime: from, EndTime: to, NextToken: next }));
        keys.push(...(page.PublicKeyList ?? []).map(keyOf));
        next = page.NextToken;
      } while (next !== undefined);
      return { region: of, fetchedAt: new Date().toISOString(), keys };
    },
  };
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
