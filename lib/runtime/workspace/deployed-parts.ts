import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { parseArn } from '../../boundary/arn-parts';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { InRecovery, RECOVERY_PREFIX, StoreVariables } from '../../contract/environment';
import { UNTIL_DELETED } from '../../contract/retention';
import { dynamodbClient } from '../aws/dynamodb-client';
import { type EnvironmentOf, storeEndpoint } from '../aws/endpoint';
import { kmsClient } from '../aws/kms-client';
import { roleCredentials } from '../aws/role-credentials';
import { s3Client } from '../aws/s3-client';
import type { KeyStoreOptions } from './keyring/key-store';
import { keyStoreClient } from './keyring/key-store-client';

type TableVariable = Extract<keyof StoreVariables, `${string}_TABLE_ARN`>;
type BucketVariable = Extract<keyof StoreVariables, `${string}_BUCKET`>;

const PERIOD = new RegExp(`^([1-9]\\d*|${UNTIL_DELETED})$`);

/**
 * Clients of the resources that a workspace's stack created for one of its functions, by the environment variables that name them.
 * Names are known only at deployment, so the policy doesn't contain them. The function's role permits no other resources.
 */
export class DeployedParts {
  private readonly home: string;

  /**
   * @param whose the function's name in messages
   * @param prefix the prefix of the variables; `RECOVERY_` for those of the recovery Region
   * @param first a table that the function has, whose Region everything else must be in
   * @throws if the environment doesn't name that table, or it isn't inside the boundary
   */
  constructor(
    private readonly boundary: ResidencyBoundary,
    private readonly environment: EnvironmentOf<StoreVariables & InRecovery<StoreVariables>>,
    private readonly whose: string,
    private readonly prefix: '' | typeof RECOVERY_PREFIX = '',
    first: TableVariable = 'CONVERSATIONS_TABLE_ARN',
  ) {
    this.home = this.tableOf(first).region;
  }

  /** The table of content. */
  public table(): { readonly client: DynamoDBClient; readonly name: string } {
    return { client: this.dynamodb(), name: this.tableOf('CONVERSATIONS_TABLE_ARN').name };
  }

  /** The table of usage counts. */
  public usage(): { readonly client: DynamoDBClient; readonly name: string } {
    return this.tableAt('USAGE_TABLE_ARN');
  }

  /** The table that links records of requests to members. */
  public recordLinks(): { readonly client: DynamoDBClient; readonly name: string } {
    return this.tableAt('RECORD_LINKS_TABLE_ARN');
  }

  /** The users and groups that SCIM writes. */
  public directory(): { readonly client: DynamoDBClient; readonly name: string } {
    return this.tableAt('DIRECTORY_TABLE_ARN');
  }

  /** The queue of jobs. */
  public jobQueue(): { readonly client: DynamoDBClient; readonly name: string } {
    return this.tableAt('JOB_QUEUE_TABLE_ARN');
  }

  /** The branch keys of members. */
  public keyStore(workspace: string): KeyStoreOptions {
    const { region, name } = this.tableOf('BRANCH_KEYS_TABLE_ARN');
    this.requireHome('BRANCH_KEYS_TABLE_ARN', region);
    const { arn, client } = this.key();
    return { workspace, table: { client: keyStoreClient(this.dynamodb()), name }, key: { client, arn } };
  }

  /** The table in which keys are requested, and the client that reads and writes its rows and those of branch keys. */
  public keyRequests(): { readonly client: DynamoDBClient; readonly requests: string; readonly branchKeys: string } {
    const { region, name: requests } = this.tableOf('KEY_REQUESTS_TABLE_ARN');
    this.requireHome('KEY_REQUESTS_TABLE_ARN', region);
    return { client: this.dynamodb(), requests, branchKeys: this.tableOf('BRANCH_KEYS_TABLE_ARN').name };
  }

  /** The table in which conversions are requested. */
  public conversions(): { readonly client: DynamoDBClient; readonly name: string } {
    return this.tableAt('CONVERSIONS_TABLE_ARN');
  }

  /** The workspace's own key. */
  public key() {
    const arn = this.required('WORKSPACE_KEY_ARN', /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/(?!mrk-)[A-Za-z0-9-]+$/);
    const region = parseArn(arn)?.region ?? '';
    this.requireHome('WORKSPACE_KEY_ARN', region);
    const endpoint = storeEndpoint(this.boundary, 'kms', region, this.environment);
    return { arn, client: kmsClient(region, endpoint, () => roleCredentials(this.environment)) };
  }

  /** The bucket that a variable names. */
  public bucket(variable: BucketVariable): { readonly client: S3Client; readonly name: string } {
    const name = this.required(variable, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);
    const endpoint = storeEndpoint(this.boundary, 's3', this.home, this.environment);
    return { client: s3Client(this.home, endpoint, () => roleCredentials(this.environment)), name };
  }

  /** How long content is stored, in days; undefined if it is stored until it is deleted. */
  public retentionDays(): number | undefined {
    const days = this.required('RETENTION_DAYS', PERIOD);
    return days === UNTIL_DELETED ? undefined : Number(days);
  }

  private tableAt(variable: TableVariable): { readonly client: DynamoDBClient; readonly name: string } {
    const { region, name } = this.tableOf(variable);
    this.requireHome(variable, region);
    return { client: this.dynamodb(), name };
  }

  private dynamodb(): DynamoDBClient {
    const endpoint = storeEndpoint(this.boundary, 'dynamodb', this.home, this.environment);
    return dynamodbClient(this.home, endpoint, () => roleCredentials(this.environment));
  }

  private tableOf(variable: TableVariable): { readonly region: string; readonly name: string } {
    const arn = this.required(variable, /^arn:[a-z-]+:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+$/);
    const { region = '', resource = '' } = parseArn(arn) ?? {};
    return { region, name: resource.replace(/^table\//, '') };
  }

  private required(name: keyof StoreVariables, form: RegExp): string {
    const variable = `${this.prefix}${name}` as const;
    const value = this.environment[variable] ?? '';
    if (form.test(value)) return value;
    throw new Error(
      `${this.whose} doesn't start, because '${variable}' must name what the workspace's stack made for it, got ` +
        `${value === '' ? 'nothing' : `'${value}'`}; deploy it again`,
    );
  }

  /** A store in another Region would be reached over an undeclared route. */
  private requireHome(variable: string, region: string): void {
    if (region === this.home) return;
    throw new Error(
      `${this.whose} doesn't start, because '${this.prefix}${variable}' must be in ${this.home}, where the workspace's conversations are, got ` +
        `one in ${region}; deploy it again`,
    );
  }
}
