import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { deploymentRoleArn } from '../shared/deployment-role';
import { roleStatement } from './key-grants';
import { DECRYPT_ACTIONS, DESCRIBE_ACTIONS, ENCRYPT_ACTIONS } from './key-policy';
import { PolicyKey } from './policy-key';
import { SuppliedKey } from './supplied-key';
import { viaServiceNames } from './via-service';

/** A bucket's key: principals with grants on objects can use it only through S3. */
export function keyForBucket(key: kms.IKey): kms.IKey {
  return through(key, 's3');
}

/** A topic's key: principals that can publish or receive can use it only through SNS. */
export function keyForTopic(key: kms.IKey): kms.IKey {
  return through(key, 'sns');
}

/**
 * A table's key: principals with grants on items can use it only through DynamoDB.
 *
 * DynamoDB uses the key on behalf of the principal that creates the table, which must have each of these permissions
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html). That principal is
 * CloudFormation's execution role. As bootstrapped, it trusts only CloudFormation, but anyone who can change its trust
 * policy can assume it, and then read tables through DynamoDB.
 *
 * There is no condition on `aws:CalledVia`: AWS's documentation contradicts itself on whether a request has it while
 * CloudFormation uses a role, and without it no table could be created.
 */
export function keyForTable(key: kms.IKey): kms.IKey {
  if (key instanceof PolicyKey) {
    allowTables(key, deploymentRoleArn(key, 'create a table under its key'), ['CreatesTables', 'LendsToTables']);
  }
  return through(key, 'dynamodb');
}

/**
 * A secret's key: principals that can read or write its value can use it only through Secrets Manager.
 *
 * CloudFormation creates the secret with the permissions of its execution role, which Secrets Manager requires on the key
 * (docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html).
 */
export function keyForSecret(key: kms.IKey): kms.IKey {
  if (key instanceof PolicyKey) {
    const roleArn = deploymentRoleArn(key, 'create a secret under its key');
    const actions = ['kms:Decrypt', 'kms:GenerateDataKey'];
    key.addToResourcePolicy(byRole(key, roleArn, { sid: 'DeploymentCreatesSecrets', actions }, {}, 'secretsmanager'));
  }
  return through(key, 'secretsmanager');
}

const through = (key: kms.IKey, service: string): kms.IKey =>
  key instanceof PolicyKey ? key.through(service) : SuppliedKey.through(key, service);

/**
 * Allows a key to encrypt the replica of a global table that a stack elsewhere creates, with the execution role of that
 * stack's Region.
 *
 * @param maker the construct that creates the table
 */
export function allowReplica(key: PolicyKey, maker: Construct): void {
  allowTables(key, deploymentRoleArn(maker, 'create a replica of its table'), ['CreatesReplicas', 'LendsToReplicas']);
  allowReplication(key);
}

/**
 * Allows DynamoDB to replicate items from and to a table under a key. DynamoDB uses a role of the account, which AWS
 * creates with the first global table and which only the service can assume
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html). AWS's policy of that role has no
 * action of KMS, so a statement for the account would allow it nothing. Without the key, the replica is disconnected
 * permanently after 20 hours.
 */
export function allowReplication(key: kms.IKey): void {
  const { account, partition } = Stack.of(key);
  const role = `role/aws-service-role/replication.dynamodb.amazonaws.com/AWSServiceRoleForDynamoDBReplication`;
  const statement = roleStatement({
    sid: 'ReplicationCopiesItems',
    actions: [...DECRYPT_ACTIONS, ...DESCRIBE_ACTIONS, ...ENCRYPT_ACTIONS],
    roleArn: `arn:${partition}:iam::${account}:${role}`,
    account,
    equals: { 'kms:ViaService': viaServiceNames('dynamodb', key.env.region) },
  });
  if (key instanceof PolicyKey) key.addToResourcePolicy(statement);
  else SuppliedKey.through(key, 'dynamodb').need(statement);
}

/**
 * Grants scheduling the deletion of a key, and no use of it. A ResidencyKey's policy lets roles of its account manage it.
 *
 * @param alsoArn the ARN of a further key of this package
 */
export function grantDeletion(role: iam.Role, key: kms.IKey, alsoArn?: string): void {
  const actions = ['kms:DescribeKey', 'kms:ScheduleKeyDeletion'];
  role.addToPolicy(new iam.PolicyStatement({ actions, resources: [key.keyArn, ...(alsoArn ? [alsoArn] : [])] }));
  if (key instanceof PolicyKey) return;
  SuppliedKey.through(key, 'dynamodb').need(
    new iam.PolicyStatement({
      sid: 'ClosingEndsTheKey',
      actions,
      principals: [new iam.AccountPrincipal(Stack.of(role).account)],
      resources: ['*'],
      conditions: { ArnEquals: { 'aws:PrincipalArn': role.roleArn } },
    }),
  );
}

/**
 * The statements that the policy of a supplied key needs for what this app uses the key for: each for named roles, through
 * one service or in one encryption context. Call it after the constructs that use the key.
 *
 * @throws if tables are created under the key, in a stack whose synthesizer has no execution role
 */
export function policyStatementsOf(key: kms.IKey): iam.PolicyStatement[] {
  const uses = SuppliedKey.of(key);
  const hasTables = uses.some(({ service }) => service === 'dynamodb');
  return [
    ...(hasTables
      ? tableStatements(key, deploymentRoleArn(key, 'create a table under its key'), ['CreatesTables', 'LendsToTables'])
      : []),
    ...uses.flatMap((use) => use.policyStatements()),
  ];
}

function allowTables(key: PolicyKey, roleArn: string, sids: readonly [string, string]): void {
  for (const statement of tableStatements(key, roleArn, sids)) key.addToResourcePolicy(statement);
}

function tableStatements(
  key: kms.IKey,
  roleArn: string,
  [uses, lends]: readonly [string, string],
): iam.PolicyStatement[] {
  const grants = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
  return [
    byRole(key, roleArn, {
      sid: `Deployment${uses}`,
      actions: [...DECRYPT_ACTIONS, ...DESCRIBE_ACTIONS, ...ENCRYPT_ACTIONS],
    }),
    byRole(key, roleArn, { sid: `Deployment${lends}`, actions: ['kms:CreateGrant'] }, grants),
  ];
}

/**
 * A statement for a role that a condition names. A role named as principal must exist, and after the role is recreated
 * the policy would name it no longer.
 */
const byRole = (
  key: kms.IKey,
  roleArn: string,
  { sid, actions }: { readonly sid: string; readonly actions: string[] },
  further: Record<string, Record<string, unknown>> = {},
  service = 'dynamodb',
): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid,
    actions,
    principals: [new iam.AccountRootPrincipal()],
    resources: ['*'],
    conditions: {
      ArnEquals: { 'aws:PrincipalArn': roleArn },
      StringEquals: { 'kms:ViaService': viaServiceNames(service, key.env.region) },
      ...further,
    },
  });
