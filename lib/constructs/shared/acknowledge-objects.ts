import type * as iam from 'aws-cdk-lib/aws-iam';
import { Stack, Validations } from 'aws-cdk-lib/core';

/**
 * Acknowledges that a role is granted every object of a bucket, or below a prefix, or every log group whose name begins
 * so, with actions named one by one. How a template refers to a bucket of another stack, and so cdk-nag's ID for it, is
 * known only once the app is prepared.
 */
export function acknowledgeObjects(role: iam.Role, patterns: readonly string[], reason: string): void {
  role.node.addValidation({
    validate: () => {
      for (const pattern of patterns) {
        const id = `AwsSolutions-IAM5[Resource::${nagName(Stack.of(role).resolve(pattern))}]`;
        Validations.of(role).acknowledge({ id, reason });
      }
      return [];
    },
  });
}

/** A resource in cdk-nag's notation. */
function nagName(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['', undefined]] = Object.entries(value as object);
  if (name === 'Fn::Join' && Array.isArray(argument)) return (argument[1] as unknown[]).map(nagName).join('');
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) return `<${argument.join('.')}>`;
  if (name === 'Fn::ImportValue') return String(argument);
  if (name === 'Ref') return `<${argument}>`;
  return JSON.stringify(value);
}
