/** How a CloudFormation type handles data; the source file defines each class. */
export type ResourceClass =
  | 'regional'
  | 'global-metadata'
  | 'cross-region'
  | 'inspected'
  | 'edge'
  | 'third-party'
  | 'premises'
  | 'elsewhere'
  | 'unverified'
  | 'opaque';

/** Type names by service (`AWS::S3`) and class, separated by spaces. */
export type ResourceTypes = Readonly<Record<string, Readonly<Partial<Record<ResourceClass, string>>>>>;

/** Kinds of property that a rule checks in more detail than their text alone. */
export type PlacePropertyKind = 'region' | 'zone' | 'model' | 'bucket' | 'destination' | 'host' | 'third-party';

/** JSON pointers from `Properties`, by type and kind, with `*` for the items of a list or map. */
export type PlaceProperties = Readonly<Record<string, Readonly<Partial<Record<PlacePropertyKind, readonly string[]>>>>>;

/** The same in the short form that `scripts/short-paths.ts` writes, without `AWS::`. */
export type PlacePaths = Readonly<Record<string, Readonly<Partial<Record<PlacePropertyKind, string>>>>>;

/** What a resource type of Terraform's AWS provider is in CloudFormation. */
export interface TerraformType {
  /** A type without `AWS::`, or the class of a type that CloudFormation doesn't have. */
  readonly type: string;
  /**
   * Pointers to attributes, and to the properties that have the same meaning: `*` is every entry of a list, `0` is a block that occurs
   * once. A property that begins with `json:` or `containers:` is a document, which the attribute holds as a text.
   */
  readonly moves?: Readonly<Record<string, string>>;
  /** Properties with a fixed value, which are set together with one that a move sets. */
  readonly set?: Readonly<Record<string, string>>;
}

/** By the provider's name of the type. */
export type TerraformTypes = Readonly<Record<string, TerraformType>>;
