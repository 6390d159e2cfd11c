import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';

/** A statement of a synthesized key policy. */
export interface KeyStatement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Principal: { AWS?: unknown; Service?: string };
  Condition?: Record<string, Record<string, unknown>>;
}

/** The statements of all keys of a stack. */
export function keyStatements(stack: Stack): KeyStatement[] {
  const keys = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'));
  return keys.flatMap((key) => key.Properties.KeyPolicy.Statement);
}

/** Whether an action matches the actions of a statement. */
export function names({ Action }: KeyStatement, action: string): boolean {
  return [Action].flat().some((pattern) => {
    const [head = '', ...rest] = pattern.split('*');
    return rest.length === 0 ? pattern === action : action.startsWith(head) && action.endsWith(rest.join(''));
  });
}

/** Whether a statement applies to every principal of the account with an IAM policy for it, and not to one role. */
export function isAccountWide({ Principal, Condition }: KeyStatement): boolean {
  const principals = JSON.stringify(Principal.AWS ?? []);
  const role = Condition?.ArnEquals?.['aws:PrincipalArn'];
  return (
    (principals.includes(':root') || principals.includes('"*"')) &&
    (role === undefined || JSON.stringify(role).includes('*'))
  );
}

/** Every action that reads or writes content, or grants the permission to do so. */
export const CRYPTOGRAPHIC = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:GenerateDataKeyPair',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:CreateGrant',
  'kms:ReplicateKey',
];
