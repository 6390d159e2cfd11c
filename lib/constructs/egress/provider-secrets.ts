import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { secretStatements } from '../../perimeter/secret-policy';
import { keyForSecret } from '../keys/key-for-service';
import { ResidencyKey } from '../keys/residency-key';
import { deploymentRoleArn } from '../shared/deployment-role';
import { truncated } from '../shared/truncated';

/** Construction properties for ProviderSecrets. */
export interface ProviderSecretsProps {
  readonly boundary: ResidencyBoundary;
  /** The providers, each with the name of its secret. */
  readonly providers: readonly { readonly name: string; readonly secret: string }[];
  /** The only role that reads keys. */
  readonly reader: iam.IRole;
}

/**
 * The secrets that hold the keys of providers, under a key of their own. They are created empty, because a value in a template is readable
 * by everyone who can read the stack, and CloudFormation could write it again over the owner's.
 *
 * They are deleted with the stack: a provider's key can be made again, and one that nothing uses should not stay.
 */
export class ProviderSecrets extends Construct {
  public readonly secrets: secretsmanager.ISecret[];

  /** The key under which they are. */
  public readonly key: ResidencyKey;

  /** The role that writes values, and can't read them. The account's IAM policies decide which principals can assume it. */
  public readonly writerRole: iam.IRole;

  constructor(scope: Construct, id: string, { boundary, providers, reader }: ProviderSecretsProps) {
    super(scope, id);
    this.key = new ResidencyKey(this, 'Key', { boundary, description: `Keys of providers of ${this.node.path}` });
    const key = keyForSecret(this.key.key);
    const writer = new iam.Role(this, 'Writer', {
      description: truncated(`Sets the keys of providers of ${this.node.path}`),
      assumedBy: new iam.AccountRootPrincipal(),
    });
    this.writerRole = writer;
    this.secrets = providers.map(({ name, secret }) => {
      const resource = new secretsmanager.CfnSecret(this, `Of-${name}`, {
        name: secret,
        description: truncated(`The key of provider ${name}, which the egress function reads`),
        kmsKeyId: this.key.key.keyArn,
      });
      resource.applyRemovalPolicy(RemovalPolicy.DESTROY);
      Validations.of(resource).acknowledge({
        id: 'AwsSolutions::AwsSolutions-SMG4',
        reason:
          'the provider makes the key, and the owner sets each new one; a function that rotated it would need a key that makes keys, and a way ' +
          'to the management API of the provider',
      });
      this.restrict(`Policy-${name}`, resource, reader, writer);
      return secretsmanager.Secret.fromSecretCompleteArn(this, name, resource.ref);
    });
    const arns = this.secrets.map(({ secretArn }) => secretArn);
    reader.addToPrincipalPolicy(
      new iam.PolicyStatement({ sid: 'ReadsKeys', actions: ['secretsmanager:GetSecretValue'], resources: arns }),
    );
    writer.addToPolicy(
      new iam.PolicyStatement({
        sid: 'SetsKeys',
        actions: ['secretsmanager:DescribeSecret', 'secretsmanager:PutSecretValue'],
        resources: arns,
      }),
    );
    key.grant(reader, 'kms:Decrypt');
    // Secrets Manager also requires that the caller can decrypt.
    key.grant(writer, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  private restrict(id: string, secret: secretsmanager.CfnSecret, reader: iam.IRole, writer: iam.IRole): void {
    const principals = {
      reader: reader.roleArn,
      writer: writer.roleArn,
      deployer: deploymentRoleArn(this, 'update a secret'),
    };
    new secretsmanager.CfnResourcePolicy(this, id, {
      secretId: secret.ref,
      blockPublicPolicy: true,
      resourcePolicy: { Version: '2012-10-17', Statement: secretStatements(principals) },
    });
  }
}
