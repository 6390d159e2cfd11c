import type { BedrockClient } from '@aws-sdk/client-bedrock';
import { makeBuilder } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';

/**
 * Two calls of Bedrock that the pinned AWS SDK doesn't have yet, written as its generated commands are, from the
 * service model of botocore 1.44.8. The client signs, repeats and bounds them like its own.
 */
const command = makeBuilder(
  {
    UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
    Endpoint: { type: 'builtInParams', name: 'endpoint' },
    Region: { type: 'builtInParams', name: 'region' },
  },
  'AmazonBedrockControlPlaneService',
  'BedrockClient',
  getEndpointPlugin,
);

const NAMESPACE = 'com.amazonaws.bedrock';
/** Kinds of schemas and types of members, as numbers of the SDK's schemas. */
const [OPERATION, STRUCTURE, TEXT, DOCUMENT, IN_PATH] = [9, 3, 0, 15, 1] as const;

const ListTrustedAccessProgramsCommand = command({}, () => [], 'ListTrustedAccessPrograms', [
  OPERATION,
  NAMESPACE,
  'ListTrustedAccessPrograms',
  { http: ['GET', '/trusted-access-programs', 200] },
  () => [STRUCTURE, NAMESPACE, 'ListTrustedAccessProgramsRequest', 0, [], []],
  () => [STRUCTURE, NAMESPACE, 'ListTrustedAccessProgramsResponse', 0, ['programSummaries'], [DOCUMENT]],
]);

const GetAccountDataRetentionStorageCommand = command({}, () => [], 'GetAccountDataRetentionStorage', [
  OPERATION,
  NAMESPACE,
  'GetAccountDataRetentionStorage',
  { http: ['GET', '/v1/data_retention/storage/{modelProvider}', 200] },
  () => [STRUCTURE, NAMESPACE, 'GetAccountDataRetentionStorageRequest', 0, ['modelProvider'], [[TEXT, IN_PATH]]],
  () => [STRUCTURE, NAMESPACE, 'GetAccountDataRetentionStorageResponse', 0, ['storageDestination'], [TEXT]],
]);

/** A program that gives an account access to more, in return for other terms, and whether the account takes part. */
export interface TrustedAccessProgram {
  readonly programId: string;
  readonly status: string;
  readonly optIn?: string;
}

/** The programs that the account sees in the client's Region. Bedrock returns all in one answer. */
export async function trustedAccessPrograms(client: BedrockClient): Promise<readonly TrustedAccessProgram[]> {
  const { programSummaries } = (await send(client, new ListTrustedAccessProgramsCommand({}))) as {
    programSummaries?: readonly TrustedAccessProgram[];
  };
  if (!Array.isArray(programSummaries)) throw new TypeError('no programs');
  return programSummaries;
}

/**
 * Reads the account's storage for what a provider retains, in the client's Region.
 *
 * @throws ResourceNotFoundException if there is none
 */
export async function requireRetentionStorage(client: BedrockClient, modelProvider: string): Promise<void> {
  await send(client, new GetAccountDataRetentionStorageCommand({ modelProvider }));
}

/** The client's types list only its own commands. */
const send = (client: BedrockClient, one: object): Promise<object> => client.send(one as never) as Promise<object>;
