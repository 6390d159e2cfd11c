/** A value that only the deployment decides. */
export class Unresolved {
  /** @param reason what is missing, such as `parameter 'Target' has no default` */
  public constructor(public readonly reason: string) {}
}

/** A value that is there only if a parameter is given which is empty by default. */
export class NotGiven extends Unresolved {}

/** A reference to a resource of the same template, or of another stack of the same assembly. */
export class Reference {
  public constructor(
    public readonly logicalId: string,
    /** The attribute, or `Ref`. */
    public readonly attribute: string,
    /** Type of the resource; absent when the template has none of that name. */
    public readonly type?: string,
    /** Stack that owns the resource; absent when it is the template itself. */
    public readonly stack?: string,
  ) {}

  /**
   * Whether what it yields belongs to the app: a name, ARN or host that AWS gives a resource of it. What a custom resource
   * answers, or a parameter or secret holds, is a value like any other, and nothing says which.
   */
  public get isOwn(): boolean {
    return this.type?.startsWith('AWS::') === true && !HOLDS_VALUES.has(this.type);
  }
}

/** Types whose attributes are values that somebody else wrote. */
const HOLDS_VALUES = new Set([
  'AWS::CloudFormation::CustomResource',
  'AWS::CloudFormation::Macro',
  'AWS::CloudFormation::Stack',
  'AWS::SecretsManager::Secret',
  'AWS::SSM::Parameter',
]);

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

/** A value as text. What isn't a scalar is written as JSON: a map of a template may have an entry called `toString`. */
export const spelled = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
