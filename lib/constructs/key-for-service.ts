import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { deploymentRoleArn } from './deployment-role';
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
  const viaService = { 'kms:ViaService': key.viaService('dynamodb') };
  const deployment = {
    // A condition, since a role named as principal must exist, and a role made anew would no longer be the one named.
    principals: [new iam.AccountRootPrincipal()],
    resources: ['*'],
    conditions: {
      ArnEquals: { 'aws:PrincipalArn': deploymentRoleArn(key, 'create a table under its key') },
      StringEquals: viaService,
    },
  };
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      ...deployment,
      sid: 'DeploymentCreatesTables',
      actions: [...DECRYPT_ACTIONS, ...DESCRIBE_ACTIONS, ...ENCRYPT_ACTIONS],
    }),
  );
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      ...deployment,
      sid: 'DeploymentLendsToTables',
      actions: ['kms:CreateGrant'],
      conditions: { ...deployment.conditions, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
  );
  return key.through('dynamodb');
}
