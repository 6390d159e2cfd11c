import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Egress, type EgressProps } from '../constructs/egress/egress';
import { possibleZones } from '../constructs/network/zones';

/** Construction properties for an EgressStack. */
export interface EgressStackProps extends StackProps, EgressProps {}

/** The only way from a deployment to models outside AWS; one per deployment, in the Region of its foundation. */
export class EgressStack extends Stack {
  /** The network, the function and the secrets. */
  public readonly egress: Egress;

  constructor(scope: Construct, id: string, props: EgressStackProps) {
    super(scope, id, props);
    this.egress = new Egress(this, 'Egress', props);
    const { network, secrets, function: egress } = this.egress;
    const outputs: [string, string, string][] = [
      ['EgressFunction', 'The function that sends requests to providers', egress.handler.functionName],
      ['PublicAddresses', 'The addresses from which requests leave', network._publicAddresses.join(', ')],
      [
        'ProviderSecrets',
        'The secrets that hold the keys of providers, empty until you set them',
        props.policy.providers.map(({ secret }) => secret).join(', '),
      ],
      [
        'ProviderKeysRole',
        'The role that sets the keys of providers, by PutSecretValue, if you may take it on',
        secrets.writerRole.roleArn,
      ],
    ];
    for (const [name, description, value] of outputs) new CfnOutput(this, name, { description, value });
  }

  /** Explicit, because a VPC always asks its stack for zones, and CDK would look them up with the caller's credentials. */
  public override get availabilityZones(): string[] {
    return possibleZones(this.region);
  }
}
