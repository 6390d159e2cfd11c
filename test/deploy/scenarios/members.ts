import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type Context, WORKSPACE } from '../read-back/context';

/** Tokens that the emulator's user pool issued, and a forged one. */
export interface MemberTokens {
  readonly member: string;
  /** The ID token of another member. */
  readonly colleague: string;
  /** The ID token of an administrator of the workspace. */
  readonly admin: string;
  /** The ID token of an auditor of the workspace. */
  readonly auditor: string;
  /** The ID token of a user in no group. */
  readonly ungrouped: string;
  /** The member's access token, for Cognito's own API. */
  readonly access: string;
  /** The member's ID token, signed with another key. */
  readonly forged: string;
}

/** How the users of a pool are named, and whether its groups give them their roles. */
export interface PoolUsers {
  /** Precedes each name. Cognito names the users of an identity provider so. */
  readonly prefix?: string;
  /** By default, users are in the groups of the pool. */
  readonly grouped?: boolean;
}

const CALLBACK = 'http://localhost:8788/callback';
const MEMBERS = 'sciences-member';

/**
 * Tokens of five users that an administrator adds to the pool. They sign in on its page with the flow of the workspace's
 * client: an authorization code with PKCE. The emulator requires no second factor.
 */
export async function memberTokens(
  context: Context,
  { prefix = '', grouped = true }: PoolUsers = {},
): Promise<MemberTokens> {
  const user = (name: string, group?: string) => signIn(context, `${prefix}${name}`, grouped ? group : undefined);
  const [member, colleague, admin, auditor, ungrouped] = await Promise.all([
    user('marie', MEMBERS),
    user('pierre', MEMBERS),
    user('rosalind', 'sciences-admin'),
    user('ada', 'sciences-auditor'),
    user('irene'),
  ]);
  return {
    member: member.id_token,
    colleague: colleague.id_token,
    admin: admin.id_token,
    auditor: auditor.id_token,
    ungrouped: ungrouped.id_token,
    access: member.access_token,
    forged: signedWithRandomKey(member.id_token),
  };
}

async function signIn(
  { aws, deployed, workspace = WORKSPACE }: Context,
  Username: string,
  GroupName?: string,
): Promise<Tokens> {
  const UserPoolId = deployed.one('AWS::Cognito::UserPool', workspace).physicalId;
  const client_id = deployed.one('AWS::Cognito::UserPoolClient', workspace).physicalId;
  const Password = `Aa1!${randomBytes(12).toString('hex')}`;
  const TemporaryPassword = Password;
  await aws.cognito.send(
    new AdminCreateUserCommand({ UserPoolId, Username, TemporaryPassword, MessageAction: 'SUPPRESS' }),
  );
  await aws.cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
  if (GroupName) await aws.cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));

  const verifier = randomBytes(32).toString('base64url');
  const parameters = {
    client_id,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  await requireStatus(fetch(`${aws.endpoint}/oauth2/authorize?${new URLSearchParams(parameters)}`), 200);
  const form = new URLSearchParams({ ...parameters, username: Username, password: Password });
  const login = await requireStatus(
    fetch(`${aws.endpoint}/login`, { method: 'POST', body: form, redirect: 'manual' }),
    302,
  );
  const code = new URL(login.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const exchange = {
    grant_type: 'authorization_code',
    client_id,
    redirect_uri: CALLBACK,
    code,
    code_verifier: verifier,
  };
  const tokens = await requireStatus(
    fetch(`${aws.endpoint}/oauth2/token`, { method: 'POST', body: new URLSearchParams(exchange) }),
    200,
  );
  return (await tokens.json()) as Tokens;
}

interface Tokens {
  readonly id_token: string;
  readonly access_token: string;
}

/** The id of the user of a token. */
export const subOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub;

async function requireStatus(request: Promise<Response>, status: number): Promise<Response> {
  const response = await request;
  if (response.status === status) return response;
  throw new Error(`${response.url} answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
}

/** The same token, signed with a random key. */
function signedWithRandomKey(token: string): string {
  const signed = token.split('.').slice(0, 2).join('.');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}
