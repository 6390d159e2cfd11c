import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { deploymentRoleArn } from '../shared/deployment-role';
import { roleStatement } from './key-grants';
import { DECRYPT_ACTIONS, DESCRIBE_ACTIONS, ENCRYPT_ACTIONS } from './key-policy';
import { PolicyKey } from './policy-key';

/**
 * A bucket's key: principals with grants on objects can use it only through S3. A key from elsewhere is returned
 * unchanged.
 */
export function keyForBucket(key: kms.IKey): kms.IKey {
  return key instanceof PolicyKey ? key.through('s3') : key;
}

/**
 * A topic's key: principals that can publish or receive can use it only through SNS. A key from elsewhere is returned
 * unchanged.
 */
export function keyForTopic(key: kms.IKey): kms.IKey {
  return key instanceof PolicyKey ? key.through('sns') : key;
}

/**
 * A table's key: principals with grants on items can use it only through DynamoDB. A key from elsewhere is returned
 * unchanged.
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
  if (!(key instanceof PolicyKey)) return key;
  allowTables(key, deploymentRoleArn(key, 'create a table under its key'), ['CreatesTables', 'LendsToTables']);
  return key.through('dynamodb');
}

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
export function allowReplication(key: PolicyKey): void {
  const { account, partition } = Stack.of(key);
  const role = `role/aws-service-role/replication.dynamodb.amazonaws.com/AWSServiceRoleForDynamoDBReplication`;
  key.addToResourcePolicy(
    roleStatement({
      sid: 'ReplicationCopiesItems',
      actions: [...DECRYPT_ACTIONS, ...DESCRIBE_ACTIONS, ...ENCRYPT_ACTIONS],
      roleArn: `arn:${partition}:iam::${account}:${role}`,
      account,
      equals: { 'kms:ViaService': key.viaService('dynamodb') },
    }),
  );
}

function allowTables(key: PolicyKey, roleArn: string, [uses, lends]: readonly [string, string]): void {
  key.addToResourcePolicy(
    byRole(key, roleArn, {
      sid: `Deployment${uses}`,
      actions: [...DECRYPT_ACTIONS, ...DESCRIBE_ACTIONS, ...ENCRYPT_ACTIONS],
    }),
  );
  const grants = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
  key.addToResourcePolicy(byRole(key, roleArn, { sid: `Deployment${lends}`, actions: ['kms:CreateGrant'] }, grants));
}

/**
 * A statement for a role that a condition names. A role named as principal must exist, and after the role is recreated
 * the policy would name it no longer.
 */
const byRole = (
  key: PolicyKey,
  roleArn: string,
  { sid, actions }: { readonly sid: string; readonly actions: string[] },
  further: Record<string, Record<string, unknown>> = {},
): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid,
    actions,
    principals: [new iam.AccountRootPrincipal()],
    resources: ['*'],
    conditions: {
      ArnEquals: { 'aws:PrincipalArn': roleArn },
      StringEquals: { 'kms:ViaService': key.viaService('dynamodb') },
      ...further,
    },
  });
