import type {
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
  ListObjectVersionsCommandInput,
  ListObjectVersionsCommandOutput,
  S3Client,
} from '@aws-sdk/client-s3';
import { WrongAnswer } from './wrong-answer';

/** What is wrong with an answer; undefined if nothing is. */
type Found = string | undefined;

/** How lists are checked. Content is authenticated when it is decrypted, and the other answers hold nothing. */
const CHECKS: Readonly<Record<string, (input: never, output: never) => Found>> = {
  ListObjectsV2Command: ({ Prefix }: ListObjectsV2CommandInput, output: ListObjectsV2CommandOutput) =>
    listFault(Prefix, output.Contents ?? [], output.IsTruncated),
  ListObjectVersionsCommand: (input: ListObjectVersionsCommandInput, output: ListObjectVersionsCommandOutput) => {
    const { Versions = [], DeleteMarkers = [], IsTruncated, NextKeyMarker, NextVersionIdMarker } = output;
    const found = listFault(input.Prefix, [...Versions, ...DeleteMarkers], IsTruncated);
    if (found !== undefined || !IsTruncated) return found;
    if (NextKeyMarker === undefined) return "doesn't say where the next page begins";
    const isSame = NextKeyMarker === input.KeyMarker && NextVersionIdMarker === input.VersionIdMarker;
    return isSame ? 'ends where it began, although there is more' : undefined;
  },
};

/** Makes a client refuse lists that can't be the answer to the request: without an end, of other objects, or the same page again. */
export function checkAnswers(client: S3Client): S3Client {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const result = await next(args);
        const found = CHECKS[commandName]?.(args.input as never, result.output as never);
        if (found !== undefined) throw new WrongAnswer(commandName.replace(/Command$/, ''), found);
        return result;
      },
    { step: 'initialize', name: 'checkAnswers' },
  );
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
