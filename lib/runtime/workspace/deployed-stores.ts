import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { parseArn } from '../../boundary/arn-parts';
import { dynamodbClient } from '../gateway/dynamodb-client';
import { type Environment, storeEndpoint } from '../gateway/endpoint';
import { roleCredentials } from '../gateway/role-credentials';
import type { Serving } from '../gateway/serving';
import { kmsClient } from './clients/kms-client';
import { s3Client } from './clients/s3-client';
import { BranchKeyVault } from './vault/branch-key-vault';
import { keyStoreClient } from './vault/key-store-client';
import type { Vault } from './vault/vault';

/** Where a deployed workspace keeps content, and what encrypts it. */
export interface DeployedStores {
  readonly table: { readonly client: DynamoDBClient; readonly name: string };
  readonly bucket: { readonly client: S3Client; readonly name: string };
  readonly vault: Vault;
  /** How long content is kept, in days; until it is deleted when left out. */
  readonly retentionDays?: number;
}

/**
 * The stores of a workspace, as its stack names them. Names are known at deployment only, so they are no part of the policy;
 * the role reaches no others.
 *
 * @throws if the environment doesn't name each, or one isn't inside
 */
export function deployedStores(
  { boundary, tenant }: Pick<Serving, 'boundary' | 'tenant'>,
  environment: Environment,
): DeployedStores {
  const [workspace = ''] = tenant.ids;
  const table = tableOf('CONVERSATIONS_TABLE_ARN', environment);
  const keys = tableOf('BRANCH_KEYS_TABLE_ARN', environment);
  const keyArn = required(
    'WORKSPACE_KEY_ARN',
    /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/(?!mrk-)[A-Za-z0-9-]+$/,
    environment,
  );
  const bucket = required('FILES_BUCKET', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, environment);
  const days = required('RETENTION_DAYS', /^([1-9]\d*|until-deleted)$/, environment);
  const credentials = () => roleCredentials(environment);
  const endpoint = (service: 'dynamodb' | 'kms' | 's3', region: string) =>
    storeEndpoint(boundary, service, region, environment);
  const kmsRegion = parseArn(keyArn)?.region ?? '';
  const dynamodb = () => dynamodbClient(table.region, endpoint('dynamodb', table.region), credentials);
  requireSameRegion(table.region, { BRANCH_KEYS_TABLE_ARN: keys.region, WORKSPACE_KEY_ARN: kmsRegion });
  return {
    table: { client: dynamodb(), name: table.name },
    bucket: { client: s3Client(table.region, endpoint('s3', table.region), credentials), name: bucket },
    vault: new BranchKeyVault({
      workspace,
      table: { client: keyStoreClient(dynamodb()), name: keys.name },
      key: { client: kmsClient(kmsRegion, endpoint('kms', kmsRegion), credentials), arn: keyArn },
    }),
    retentionDays: days === 'until-deleted' ? undefined : Number(days),
  };
}

function tableOf(variable: string, environment: Environment): { readonly region: string; readonly name: string } {
  const arn = required(variable, /^arn:[a-z-]+:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+$/, environment);
  const { region = '', resource = '' } = parseArn(arn) ?? {};
  return { region, name: resource.replace(/^table\//, '') };
}

function required(variable: string, form: RegExp, environment: Environment): string {
  const value = environment[variable] ?? '';
  if (form.test(value)) return value;
  throw new Error(
    `the gateway doesn't start, because '${variable}' must name what the workspace's stack made for it, got ` +
      `${value === '' ? 'nothing' : `'${value}'`}; deploy it again`,
  );
}

/** Stores of another Region would be reached by a way that nobody decided. */
function requireSameRegion(region: string, others: Readonly<Record<string, string>>): void {
  const wrong = Object.entries(others).find(([, other]) => other !== region);
  if (wrong === undefined) return;
  throw new Error(
    `the gateway doesn't start, because '${wrong[0]}' must be in ${region}, where the workspace's conversations are, got one ` +
      `in ${wrong[1]}; deploy it again`,
  );
}
