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

/** Whether IAM reads an action into what a statement names. */
export function names({ Action }: KeyStatement, action: string): boolean {
  return [Action].flat().some((pattern) => {
    const [head = '', ...rest] = pattern.split('*');
    return rest.length === 0 ? pattern === action : action.startsWith(head) && action.endsWith(rest.join(''));
  });
}

/** Whether a statement holds for anybody in the account whom an IAM policy lets do so, and not for one role. */
export function isAccountWide({ Principal, Condition }: KeyStatement): boolean {
  const whom = JSON.stringify(Principal.AWS ?? []);
  const role = Condition?.ArnEquals?.['aws:PrincipalArn'];
  return (whom.includes(':root') || whom.includes('"*"')) && (role === undefined || JSON.stringify(role).includes('*'));
}

/** Every action by which content is read or written, or the right to do so lent. */
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
