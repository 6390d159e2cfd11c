interface Use {
  readonly property: readonly string[];
  readonly of: 'vpc' | 'clients' | 'any part';
}

/** What else may name a part of an egress network, and where. */
const USES: Readonly<Record<string, readonly Use[]>> = {
  'AWS::CloudWatch::Alarm': [
    { property: ['AlarmDescription'], of: 'any part' },
    { property: ['Dimensions'], of: 'any part' },
  ],
  'AWS::EC2::FlowLog': [{ property: ['ResourceId'], of: 'any part' }],
  'AWS::EC2::SecurityGroup': [{ property: ['VpcId'], of: 'vpc' }],
  'AWS::Lambda::Function': [{ property: ['VpcConfig', 'SubnetIds'], of: 'clients' }],
};

/** Permissions connect nothing. CDK's function that closes default security groups has some on those of the VPC. */
const ANYWHERE: ReadonlySet<string> = new Set(['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::Role']);

/** What a part of an egress network is to the others. */
export interface PartKind {
  readonly isVpc: boolean;
  readonly isClient: boolean;
}

/**
 * Whether a resource of a type, which isn't a part of an egress network, may name a part. The types that may are listed, because a list of
 * the types that may not would miss the next one.
 *
 * @param path the place in its properties
 */
export function mayUse(type: string, path: readonly string[], { isVpc, isClient }: PartKind): boolean {
  if (ANYWHERE.has(type)) return true;
  return (USES[type] ?? []).some(
    ({ property, of }) =>
      property.every((name, index) => path[index] === name) &&
      (of === 'vpc' ? isVpc : of === 'clients' ? isClient : true),
  );
}
