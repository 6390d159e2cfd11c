import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { EgressPolicy } from '../../contract/policies/egress-policy';
import type { Foundation } from '../foundation/foundation';
import { KeyWatch } from '../foundation/key-watch';
import { vpcFunctionRole } from '../functions/vpc-function-role';
import { EgressAlarms } from './egress-alarms';
import { EgressFunction } from './egress-function';
import type { EgressHost } from './egress-host';
import { EgressNetwork } from './egress-network';
import { functionProblems } from './form/egress-problems';
import { ProviderSecrets } from './provider-secrets';

/** Construction properties for an Egress. */
export interface EgressProps {
  readonly boundary: ResidencyBoundary;

  /** The foundation whose gateways call the function, and which names it. */
  readonly foundation: Foundation;

  /** The providers, with their models and the names of their secrets. */
  readonly policy: EgressPolicy;

  /** The hosts of the providers. */
  readonly hosts: EgressHost[];

  /** @default - as for an EgressNetwork */
  readonly addressRange?: string;

  /** @default - as for an EgressNetwork */
  readonly availabilityZones?: string[];

  /**
   * Retention of the function's log, which holds no content. Must be finite.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /** @default - the account's unreserved concurrency */
  readonly concurrency?: number;
}

/**
 * The only way from a deployment to models outside AWS: a network that reaches listed hosts, and one function in it, which decides on
 * each request again. Gateways reach the function, and not the network.
 */
export class Egress extends Construct {
  public readonly network: EgressNetwork;
  public readonly function: EgressFunction;
  public readonly secrets: ProviderSecrets;

  /** @throws if the foundation names no function or is elsewhere, or the Region, a host, the range or the zones aren't allowed */
  constructor(scope: Construct, id: string, props: EgressProps) {
    super(scope, id);
    const { boundary, foundation, policy } = props;
    const functionName = this.requireFoundation(foundation);
    const role = vpcFunctionRole(this, 'Role', 'Sends requests to providers outside AWS');
    this.secrets = new ProviderSecrets(this, 'Keys', { boundary, providers: policy.providers, reader: role });
    this.network = new EgressNetwork(this, 'Network', {
      boundary,
      hosts: props.hosts,
      addressRange: props.addressRange,
      availabilityZones: props.availabilityZones,
      secrets: this.secrets.secrets,
    });
    this.function = new EgressFunction(this, 'Function', {
      functionName,
      policy,
      network: this.network,
      role,
      logKey: foundation.logKey,
      logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
      concurrency: props.concurrency,
    });
    const channel = foundation._channel;
    new EgressAlarms(this, 'Alarms', { network: this.network, function: this.function, channel });
    new KeyWatch(this, 'KeyWatch', { foundation, keys: [this.secrets.key.key] });
    this.node.addValidation({ validate: () => functionProblems(this, this.network.vpc.vpcId, functionName) });
  }

  private requireFoundation(foundation: Foundation): string {
    const { _egress: egress } = foundation;
    const { region } = Stack.of(foundation);
    const found = Stack.of(this).region;
    if (egress !== undefined && found === region) return egress.functionName;
    throw new Error(
      `${this.node.path}: an egress needs a foundation that names its function, and a stack in ${region}, the Region of that foundation, ` +
        `because gateways call it there, got ${egress === undefined ? 'no name' : `'${egress.functionName}'`} and a stack in '${found}'; ` +
        "set 'egressFunctionName' of the foundation, and 'env.region'",
    );
  }
}
