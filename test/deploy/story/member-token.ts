import { createPublicKey, createSign, generateKeyPairSync } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Context, WORKSPACE } from '../read-back/context';

/** Tokens of a member, as the user pool would make them. */
export interface MemberTokens {
  readonly valid: string;
  /** Signed by nobody's key. */
  readonly forged: string;
}

const KID = 'deploy-test';

/**
 * Tokens that are signed by a key of the test, whose public half is put where the pool's own are kept: nobody can sign in at
 * the emulator.
 */
export async function memberTokens({ aws, deployed }: Context): Promise<MemberTokens> {
  const [key, other] = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey);
  if (key === undefined || other === undefined) throw new Error('no keys');
  const pool = deployed.one('AWS::Cognito::UserPool', WORKSPACE).physicalId;
  const client = deployed.one('AWS::Cognito::UserPoolClient', WORKSPACE).physicalId;
  const issuer = `https://cognito-idp.eu-central-1.amazonaws.com/${pool}`;
  const jwk = { ...createPublicKey(key).export({ format: 'jwk' }), kid: KID, alg: 'RS256', use: 'sig' };
  await aws.dynamodb.send(
    new PutItemCommand({
      TableName: deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Members/Keys`).physicalId,
      Item: {
        pk: { S: 'key-set' },
        sk: { S: issuer },
        keySet: { S: JSON.stringify({ issuer, keys: [jwk], readAt: new Date().toISOString() }) },
      },
    }),
  );
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iss: issuer, aud: client, sub: 'a-member', token_use: 'id', iat: now, exp: now + 3_600 };
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (groups: string[], by = key) => {
    const signed = `${encoded({ kid: KID, alg: 'RS256' })}.${encoded({ ...claims, 'cognito:groups': groups })}`;
    return `${signed}.${createSign('sha256').update(signed).sign(by).toString('base64url')}`;
  };
  return {
    valid: token(['sciences-member']),
    forged: token(['sciences-member'], other),
  };
}
