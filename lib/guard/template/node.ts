/** A value known only at deployment. */
export class Unresolved {
  /** @param reason what is missing, such as `parameter 'Target' has no default` */
  public constructor(public readonly reason: string) {}
}

/** A value that exists only if a parameter that is empty by default is set. */
export class NotGiven extends Unresolved {}

/** A reference to a resource in the same template, or in another stack of the same assembly. */
export class Reference {
  public constructor(
    public readonly logicalId: string,
    /** The attribute, or `Ref`. */
    public readonly attribute: string,
    /** Type of the resource; absent if the template has no resource with that name. */
    public readonly type?: string,
    /** Stack that contains the resource; absent if it is the template itself. */
    public readonly stack?: string,
  ) {}

  /**
   * Whether its value belongs to the app: a name, ARN or host that AWS gives one of the app's resources. The output of a
   * custom resource, or the content of a parameter or secret, can be any value.
   */
  public get isOwnedByApp(): boolean {
    return this.type?.startsWith('AWS::') === true && !HOLDS_VALUES.has(this.type);
  }
}

/** Types whose attributes are values set by another author. */
const HOLDS_VALUES = new Set([
  'AWS::CloudFormation::CustomResource',
  'AWS::CloudFormation::Macro',
  'AWS::CloudFormation::Stack',
  'AWS::SecretsManager::Secret',
  'AWS::SSM::Parameter',
]);

/** A node whose own intrinsic function is resolved; its children may contain others. */
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

/** A value as text. Non-scalars are written as JSON, because a map in a template may have an entry called `toString`. */
export const spelled = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
