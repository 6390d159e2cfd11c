import { DeleteUserPoolCommand, UpdateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DeleteTableCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import type { Aws } from '../deploy/harness/aws';

const REMOVALS: Readonly<Record<string, (aws: Aws, id: string) => Promise<unknown>>> = {
  'AWS::Cognito::UserPool': async ({ cognito }, UserPoolId) => {
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: 'INACTIVE' }));
    await cognito.send(new DeleteUserPoolCommand({ UserPoolId }));
  },
  'AWS::DynamoDB::GlobalTable': async ({ dynamodb }, TableName) => {
    await dynamodb.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
    await dynamodb.send(new DeleteTableCommand({ TableName }));
  },
  'AWS::KMS::Key': ({ kms }, KeyId) => kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 })),
};

/** Deletes a retained resource of the test. Buckets and logs stay: they hold evidence, and may be locked. */
export const remove = async (aws: Aws, type: string, id: string): Promise<void> =>
  void (await REMOVALS[type]?.(aws, id));
