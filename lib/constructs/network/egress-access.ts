import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EGRESS_ALIASES } from '../../contract/egress';
import type { TenantKind } from '../../contract/tenant';

/**
 * The egress function as gateways call it: by its name, because it is created after the network. A gateway calls an alias, and the
 * alias tells the function which kind of tenant the gateway serves.
 */
export class EgressAccess {
  constructor(
    /** The name of the function. */
    public readonly functionName: string,
    /** What the names of the roles begin with that may call it through the network. */
    public readonly callers: string,
  ) {}

  /** The ARN that gateways of a kind of tenant may call. */
  public arnFor(scope: Construct, kind: TenantKind): string {
    return Stack.of(scope).formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: `${this.functionName}:${EGRESS_ALIASES[kind]}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** All ARNs that any gateway may call. The function without an alias isn't one. */
  public functionArns(scope: Construct): string[] {
    return (Object.keys(EGRESS_ALIASES) as TenantKind[]).map((kind) => this.arnFor(scope, kind));
  }
}
