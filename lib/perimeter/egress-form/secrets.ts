import { secretStatements } from '../secret-policy';
import { attribute, type EgressTemplate, ref, target } from './template';

interface Found {
  readonly Condition?: { readonly ArnNotEquals?: Readonly<Record<string, unknown>> };
}

/** Checks that only the role of the function reads each secret, by the secret's own policy. */
export function checkSecrets(template: EgressTemplate, functionId: string, secrets: readonly string[]): void {
  const type = 'AWS::SecretsManager::ResourcePolicy';
  const { Role: reader } = template.properties(functionId);
  for (const secret of secrets) {
    const policy = template.only(`one policy of the secret ${secret}`, 'others could read it', type, {
      SecretId: ref(secret),
    });
    if (policy === undefined) continue;
    const { ResourcePolicy } = template.properties(policy) as { ResourcePolicy?: { Statement?: readonly Found[] } };
    const exceptOf = (index: number) =>
      ResourcePolicy?.Statement?.[index]?.Condition?.ArnNotEquals?.['aws:PrincipalArn'];
    const writer = attribute(target(exceptOf(1), 'Arn'), 'Arn');
    template.requireForm(policy, `the policy of the secret ${secret}`, type, {
      BlockPublicPolicy: true,
      ResourcePolicy: {
        Version: '2012-10-17',
        Statement: secretStatements({ reader, writer, deployer: oneArn(exceptOf(2)) }),
      },
    });
  }
}

/** The ARN of the deployment's role, which depends on how CDK was bootstrapped. A pattern would be more than one. */
const oneArn = (value: unknown) =>
  value === undefined || /[*?]/.test(JSON.stringify(value)) ? 'the ARN of one role' : value;
