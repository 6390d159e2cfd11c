import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { deploymentRoleArn } from '../shared/deployment-role';
import { DECRYPT_ACTIONS, DESCRIBE_ACTIONS, ENCRYPT_ACTIONS } from './key-policy';
import { PolicyKey } from './policy-key';

/** A key as a bucket has it: whoever is granted objects can use it through S3 only. A foreign key is taken as it is. */
export function keyForBucket(key: kms.IKey): kms.IKey {
  return key instanceof PolicyKey ? key.through('s3') : key;
}

/** A key as a topic has it: whoever may publish or receive can use it through SNS only. A foreign key is taken as it is. */
export function keyForTopic(key: kms.IKey): kms.IKey {
  return key instanceof PolicyKey ? key.through('sns') : key;
}

/**
 * A key as a table has it: whoever is granted items can use it through DynamoDB only. A foreign key is taken as it is.
 *
 * DynamoDB uses a key on behalf of whoever creates the table, who must have every one of these rights
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html). That is CloudFormation's
 * execution role: as it is bootstrapped it trusts CloudFormation alone, but whoever may change its trust policy can
 * assume it, and then read tables through DynamoDB.
 *
 * No condition on `aws:CalledVia`: AWS's documentation contradicts itself on whether a request has it while CloudFormation
 * works under a role, and without it no table could be created.
 */
export function keyForTable(key: kms.IKey): kms.IKey {
  if (!(key instanceof PolicyKey)) return key;
  letMakeTables(key, deploymentRoleArn(key, 'create a table under its key'), ['CreatesTables', 'LendsToTables']);
  return key.through('dynamodb');
}

/**
 * Lets a key encrypt the replica of a global table that a stack elsewhere makes, by the execution role of that stack's Region.
 *
 * @param maker what makes the table
 */
export function allowReplica(key: PolicyKey, maker: Construct): void {
  letMakeTables(key, deploymentRoleArn(maker, 'create a replica of its table'), ['CreatesReplicas', 'LendsToReplicas']);
  allowReplication(key);
}

/**
 * Lets DynamoDB copy items from and to a table under a key. It does so by a role of the account that AWS makes with the first global
 * table and that only the service can assume
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html). A key that names everybody who may
 * use it has to name that one too; without it, the replica is cut off for ever after 20 hours.
 */
export function allowReplication(key: PolicyKey): void {
  const { account, partition } = Stack.of(key);
  const role = `role/aws-service-role/replication.dynamodb.amazonaws.com/AWSServiceRoleForDynamoDBReplication`;
  key.addToResourcePolicy(
    byRole(key, `arn:${partition}:iam::${account}:${role}`, {
      sid: 'ReplicationCopiesItems',
      actions: [...DECRYPT_ACTIONS, ...DESCRIBE_ACTIONS, ...ENCRYPT_ACTIONS],
    }),
  );
}

function letMakeTables(key: PolicyKey, roleArn: string, [uses, lends]: readonly [string, string]): void {
  key.addToResourcePolicy(
    byRole(key, roleArn, {
      sid: `Deployment${uses}`,
      actions: [...DECRYPT_ACTIONS, ...DESCRIBE_ACTIONS, ...ENCRYPT_ACTIONS],
    }),
  );
  const grants = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
  key.addToResourcePolicy(byRole(key, roleArn, { sid: `Deployment${lends}`, actions: ['kms:CreateGrant'] }, grants));
}

/** A statement for a role that is named by a condition, since a role named as principal must exist, and a role made anew would no longer be the one named. */
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
