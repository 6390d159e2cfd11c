import type {
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
  ListObjectVersionsCommandInput,
  ListObjectVersionsCommandOutput,
  S3Client,
} from '@aws-sdk/client-s3';
import { type Checks, type Found, refuseWrongAnswers } from './wrong-answer';

const NO_NEXT = "doesn't say where the next page begins";
const SAME = 'ends where it began, although there is more';

/** How lists are checked. Content is authenticated when it is decrypted, and the other answers hold nothing. */
const CHECKS: Checks = {
  ListObjectsV2Command: (input: ListObjectsV2CommandInput, output: ListObjectsV2CommandOutput) => {
    const { Contents = [], IsTruncated, NextContinuationToken } = output;
    const found = listFault(input.Prefix, Contents, IsTruncated);
    if (found !== undefined || !IsTruncated) return found;
    if (NextContinuationToken === undefined) return NO_NEXT;
    return NextContinuationToken === input.ContinuationToken ? SAME : undefined;
  },
  ListObjectVersionsCommand: (input: ListObjectVersionsCommandInput, output: ListObjectVersionsCommandOutput) => {
    const { Versions = [], DeleteMarkers = [], IsTruncated, NextKeyMarker, NextVersionIdMarker } = output;
    const found = listFault(input.Prefix, [...Versions, ...DeleteMarkers], IsTruncated);
    if (found !== undefined || !IsTruncated) return found;
    if (NextKeyMarker === undefined) return NO_NEXT;
    const isSame = NextKeyMarker === input.KeyMarker && NextVersionIdMarker === input.VersionIdMarker;
    return isSame ? SAME : undefined;
  },
};

/** Makes a client refuse a list that doesn't match its request: one that doesn't say whether it ends, of other objects, or the same page again. */
export function checkAnswers(client: S3Client): S3Client {
  refuseWrongAnswers(client.middlewareStack, CHECKS);
  return client;
}

function listFault(
  prefix: string | undefined,
  objects: readonly { readonly Key?: string }[],
  isTruncated: boolean | undefined,
): Found {
  if (isTruncated === undefined) return "doesn't say whether there is more";
  const isRequested = objects.every(({ Key }) => Key?.startsWith(prefix ?? ''));
  return isRequested ? undefined : 'has an object that was not asked for';
}
