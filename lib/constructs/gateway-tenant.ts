/** Whom a gateway serves, and with that whether it may keep content. */
export class GatewayTenant {
  /** The members of one workspace, whose conversations are stored inside the boundary. */
  public static workspace(id: string): GatewayTenant {
    return new GatewayTenant('workspace', [id], true);
  }

  /**
   * Projects, whose requests are processed inside the boundary and not stored.
   *
   * @param ids at least one, each once
   */
  public static projects(...ids: string[]): GatewayTenant {
    return new GatewayTenant('project', ids, false);
  }

  private constructor(
    /** `workspace` or `project`. */
    public readonly kind: string,
    /** The tenants' ids: one workspace, or every project behind the gateway. */
    public readonly ids: string[],
    /** Whether content may be kept for this tenant. */
    public readonly keepsContent: boolean,
  ) {
    const wrong = ids.find((id) => !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(id));
    if (wrong !== undefined) {
      throw new Error(
        `the id of a ${kind} must be lower-case letters, digits and inner hyphens, at most 63, because names and tags ` +
          `are made of it, got '${wrong}'`,
      );
    }
    if (ids.length === 0 || new Set(ids).size !== ids.length) {
      throw new Error(
        `a gateway needs at least one ${kind}, and each once, got '${ids.join(', ')}'; name every ${kind} that it serves`,
      );
    }
  }
}
