import assert from 'node:assert/strict';
import { GetAuthorizerCommand, GetResourcesCommand } from '@aws-sdk/client-api-gateway';
import {
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListGroupsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { ACCOUNT } from '../harness/emulator';
import { type Context, KEY_SETS, WORKSPACE } from './context';

/** Access to the workspace: users of its own pool sign in with an authorization code, and API Gateway verifies their tokens too. */
export async function members({ report, aws, deployed }: Context): Promise<void> {
  const UserPoolId = deployed.one('AWS::Cognito::UserPool', WORKSPACE).physicalId;
  const ClientId = deployed.one('AWS::Cognito::UserPoolClient', WORKSPACE).physicalId;
  await report.check(
    'members: the pool is in eu-central-1, protected against deletion, and only administrators can add users',
    async () => {
      const { UserPool } = await aws.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
      assert.match(UserPoolId, /^eu-central-1_/);
      assert.equal(UserPool?.AdminCreateUserConfig?.AllowAdminCreateUserOnly, true);
      assert.equal(UserPool?.DeletionProtection, 'ACTIVE');
      assert.equal(UserPool?.UserPoolTier, 'LITE');
      assert.equal(UserPool?.Domain, deployed.one('AWS::Cognito::UserPoolDomain', WORKSPACE).physicalId);
    },
  );
  await report.check(
    'members: the pool requires long passwords and an authenticator app, and sends no email or text message',
    async () => {
      const { UserPool } = await aws.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
      const { MinimumLength, ...rules } = UserPool?.Policies?.PasswordPolicy ?? {};
      assert.equal(MinimumLength, 14);
      assert.deepEqual(
        [rules.RequireLowercase, rules.RequireUppercase, rules.RequireNumbers, rules.RequireSymbols],
        [true, true, true, true],
      );
      const mfa = await aws.cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
      assert.equal(mfa.MfaConfiguration, 'ON');
      assert.equal(mfa.SoftwareTokenMfaConfiguration?.Enabled, true);
      assert.equal(mfa.SmsMfaConfiguration, undefined);
      assert.equal(UserPool?.SmsConfiguration?.SnsCallerArn, undefined);
      assert.deepEqual(UserPool?.AutoVerifiedAttributes ?? [], []);
      assert.deepEqual(UserPool?.AccountRecoverySetting?.RecoveryMechanisms, [{ Name: 'admin_only', Priority: 1 }]);
    },
  );
  await report.check(
    'members: the client uses an authorization code without a secret, and its tokens are valid for 15 minutes',
    async () => {
      const { UserPoolClient } = await aws.cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
      assert.deepEqual(UserPoolClient?.AllowedOAuthFlows, ['code']);
      assert.deepEqual(UserPoolClient?.AllowedOAuthScopes, ['openid']);
      assert.deepEqual(UserPoolClient?.ExplicitAuthFlows, ['ALLOW_REFRESH_TOKEN_AUTH']);
      assert.equal(UserPoolClient?.ClientSecret, undefined);
      assert.deepEqual([UserPoolClient?.IdTokenValidity, UserPoolClient?.TokenValidityUnits?.IdToken], [15, 'minutes']);
      assert.equal(UserPoolClient?.PreventUserExistenceErrors, 'ENABLED');
      assert.equal(UserPoolClient?.EnableTokenRevocation, true);
    },
  );
  await report.check('members: each role has a group', async () => {
    const { Groups } = await aws.cognito.send(new ListGroupsCommand({ UserPoolId }));
    const names = Groups?.map(({ GroupName }) => GroupName).sort();
    assert.deepEqual(names, ['sciences-admin', 'sciences-auditor', 'sciences-member']);
  });
  await report.check("members: the API's authorizer accepts only tokens of this pool, and caches none", async () => {
    const restApiId = deployed.one('AWS::ApiGateway::RestApi', WORKSPACE).physicalId;
    const { items } = await aws.apiGateway.send(new GetResourcesCommand({ restApiId, embed: ['methods'] }));
    const used = (items ?? []).flatMap(({ resourceMethods }) =>
      Object.values(resourceMethods ?? {}).map((method) => method.authorizerId),
    );
    const authorizerId = deployed.one('AWS::ApiGateway::Authorizer', WORKSPACE).physicalId;
    assert.ok(used.length > 0 && used.every((id) => id === authorizerId), 'a method has no authorizer');
    const authorizer = await aws.apiGateway.send(new GetAuthorizerCommand({ restApiId, authorizerId }));
    assert.equal(authorizer.type, 'COGNITO_USER_POOLS');
    assert.deepEqual(authorizer.providerARNs, [`arn:aws:cognito-idp:eu-central-1:${ACCOUNT}:userpool/${UserPoolId}`]);
    assert.equal(authorizer.authorizerResultTtlInSeconds, 0);
  });
  await report.check("members: the deployed function read the pool's public keys at deployment", async () => {
    const issuer = `https://cognito-idp.eu-central-1.amazonaws.com/${UserPoolId}`;
    const { Item } = await aws.dynamodb.send(
      new GetItemCommand({
        TableName: deployed.one('AWS::DynamoDB::GlobalTable', KEY_SETS).physicalId,
        Key: { pk: { S: 'key-set' }, sk: { S: issuer } },
      }),
    );
    const stored: { keys: { kid: string; n: string }[] } = JSON.parse(Item?.keySet?.S ?? '');
    const published = (await (
      await fetch(`${aws.endpoint}/${UserPoolId}/.well-known/jwks.json`)
    ).json()) as typeof stored;
    const moduli = ({ keys }: typeof stored) => keys.map(({ kid, n }) => `${kid} ${n}`).sort();
    assert.deepEqual(moduli(stored), moduli(published));
    return `${stored.keys.length} keys`;
  });
}
