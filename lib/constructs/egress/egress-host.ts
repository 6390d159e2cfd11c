import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideHost, isAwsHost } from '../../boundary/host';

/** A host outside AWS that an EgressNetwork reaches, by its whole name. Hosts of AWS are refused. */
export class EgressHost {
  /** A host that the boundary's facts place inside the boundary. Any other is refused. */
  public static inside(name: string): EgressHost {
    return new EgressHost(name, undefined);
  }

  /**
   * A host that processes data outside the boundary, or in an unknown place. A guard reports it until an exception for it is declared.
   *
   * @param reason why that is accepted; it is in the metadata of the list of names
   */
  public static accepted(name: string, reason: string): EgressHost {
    return new EgressHost(name, reason);
  }

  private constructor(
    /** The whole name, in lower case. */
    public readonly name: string,
    /** Why a host that isn't inside the boundary is accepted. */
    public readonly reason?: string,
  ) {}

  /** @internal Why the boundary doesn't admit the host; none if it does. */
  public _problem(boundary: ResidencyBoundary): string | undefined {
    if (isAwsHost(this.name)) {
      // Anybody can have a bucket, a function or an API at such a host, and one name can serve many.
      return `'${this.name}' is a host of AWS, which any customer can have content at; use an endpoint in a VPC for AWS`;
    }
    const decision = decideHost(boundary, this.name);
    if (this.reason !== undefined) {
      if (this.reason.trim() === '') return `'${this.name}' is accepted without a reason; state one`;
      // An exception that isn't needed would hide that the host moves out of the boundary later.
      return decision.inside
        ? `'${this.name}' is inside ${boundary.label} and needs no reason; use EgressHost.inside('${this.name}')`
        : undefined;
    }
    if (decision.inside) return undefined;
    return `${decision.detail}; remove it, or accept it with EgressHost.accepted('${this.name}', 'the reason')`;
  }
}
