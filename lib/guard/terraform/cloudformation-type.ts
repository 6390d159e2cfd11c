import { TERRAFORM_TYPES } from '../../facts/generated/terraform-types';
import { PLACE_PROPERTIES } from '../../facts/place-properties';
import { classOf, typesOf } from '../../facts/resource-class';
import { withPrefix } from '../../facts/type-prefix';
import type { ResourceClass, TerraformType } from '../../facts/type-tables';
import { type NameOf, propertyName } from './converted';

/** Types that stand for a class, for resources that CloudFormation doesn't have; no rule but that of the class applies to them. */
const STANDS_FOR: Readonly<Partial<Record<ResourceClass, string>>> = {
  regional: 'AWS::CloudFormation::WaitConditionHandle',
  'global-metadata': 'AWS::IAM::InstanceProfile',
};

/** How a resource is checked. */
export interface Mapping {
  /** The CloudFormation type whose rules apply; the provider's own name for a type that isn't known. */
  readonly type: string;
  readonly moves?: TerraformType['moves'];
  readonly set?: TerraformType['set'];
  /** For a provider whose attributes are all named after properties. */
  readonly nameOf?: NameOf;
}

/** How a type of the provider `aws` or `awscc` is checked. */
export function mappingOf(type: string): Mapping {
  const known = mappings.get(type);
  if (known !== undefined) return known;
  const mapping = type.startsWith('awscc_') ? ofCloudControl(type) : ofProvider(type);
  mappings.set(type, mapping);
  return mapping;
}

const mappings = new Map<string, Mapping>();

function ofProvider(type: string): Mapping {
  const row = Object.hasOwn(TERRAFORM_TYPES, type) ? TERRAFORM_TYPES[type] : undefined;
  if (row === undefined) return { type };
  const { type: name, moves, set } = row;
  const cloudFormation = name.includes('::') ? withPrefix(name) : standsFor(name as ResourceClass);
  return { type: cloudFormation, moves, set };
}

const standsFor = (name: ResourceClass) => STANDS_FOR[name] ?? (typesOf(name)[0] as string);

let byPlainName: ReadonlyMap<string, string> | undefined;

/** The provider `awscc` names every type of CloudFormation after it: `awscc_s3_bucket`. */
function ofCloudControl(type: string): Mapping {
  byPlainName ??= new Map(ALL_CLASSES.flatMap(typesOf).map((name) => [plain(name.replace(/^\w+::/, '')), name]));
  const name = byPlainName.get(plain(type.replace('awscc_', '')));
  return { type: name ?? type, nameOf: exactName };
}

let exactNames: ReadonlyMap<string, string> | undefined;

/** The name of a property, with its abbreviations in capitals where a rule looks for it: `BucketARN`. */
function exactName(attribute: string): string {
  exactNames ??= new Map(
    Object.values(PLACE_PROPERTIES)
      .flatMap((kinds) => Object.values(kinds).flat())
      .flatMap((pointer) => pointer.split('/').map((name) => [name.toLowerCase(), name])),
  );
  const name = propertyName(attribute);
  return exactNames.get(name.toLowerCase()) ?? name;
}

const plain = (name: string) => name.replace(/[_:]/g, '').toLowerCase();

const ALL_CLASSES: readonly ResourceClass[] = [
  ...(['regional', 'global-metadata', 'cross-region', 'inspected', 'edge'] as const),
  ...(['third-party', 'premises', 'elsewhere', 'unverified', 'opaque'] as const),
];

/** Whether CloudFormation has the type, so that its values belong to the app. */
export const isKnown = (type: string): boolean => classOf(type) !== undefined;
