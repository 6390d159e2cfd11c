/** A value that only the deployment decides. */
export class Unresolved {
  /** @param reason what is missing, such as `parameter 'Target' has no default` */
  public constructor(public readonly reason: string) {}
}

/** A reference to a resource of the same template, or of another stack of the same assembly. */
export class Reference {
  public constructor(
    public readonly logicalId: string,
    /** The attribute, or `Ref`. */
    public readonly attribute: string,
    /** Stack that owns the resource; absent when it is the template itself. */
    public readonly stack?: string,
  ) {}
}

/** A node whose own intrinsic function is resolved; its children may hold more. */
export type Node =
  | string
  | number
  | boolean
  | readonly unknown[]
  | Readonly<Record<string, unknown>>
  | Unresolved
  | Reference;

export const isMap = (node: unknown): node is Readonly<Record<string, unknown>> =>
  typeof node === 'object' &&
  node !== null &&
  !Array.isArray(node) &&
  !(node instanceof Unresolved) &&
  !(node instanceof Reference);
