import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EGRESS_ALIASES } from '../../contract/egress';
import type { TenantKind } from '../../contract/tenant';
import { EndpointService } from './endpoint-service';

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

/**
 * The egress function of a foundation; none if no gateway reaches a model outside AWS.
 *
 * @throws if the name isn't one, or an existing endpoint of Lambda has no use
 */
export function egressAccess(
  scope: Construct,
  {
    egressFunctionName: name,
    storeNamePrefix = '',
    existingEndpoints: existing = [],
  }: {
    readonly egressFunctionName?: string;
    readonly storeNamePrefix?: string;
    readonly existingEndpoints?: EndpointService[];
  },
): EgressAccess | undefined {
  if (name === undefined) {
    if (!existing.includes(EndpointService.LAMBDA)) return undefined;
    throw new Error(
      `${scope.node.path}: 'existingEndpoints' must not name 'lambda' without an egress because nothing in the network calls Lambda then, ` +
        "got no 'egressFunctionName'; leave 'lambda' out, or name the function",
    );
  }
  if (/^[A-Za-z0-9_-]{1,64}$/.test(name)) return new EgressAccess(name, storeNamePrefix);
  throw new Error(
    `${scope.node.path}: 'egressFunctionName' must be at most 64 letters, digits, hyphens and underscores because ARNs are formed with ` +
      `it before the function exists, got '${name}'; use a name such as 'exemple-egress'`,
  );
}
