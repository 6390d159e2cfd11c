import { type CfnElement, type CfnResource, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { AppReferences } from '../../network/app-references';

/** The resources of an egress network, by what others may do with them. */
export interface EgressParts {
  readonly vpc: CfnElement;
  readonly clients: ReadonlySet<CfnElement>;
  readonly all: ReadonlySet<CfnElement>;
}

/**
 * The resources of the app that use an egress network otherwise than they may, as messages: of any type and in any stack, with or without
 * a condition. The types that may are listed, because a list of the types that may not would miss the next one.
 */
export function otherUses(root: IConstruct, parts: EgressParts): string[] {
  const app = new AppReferences(root);
  return app.resources
    .filter((resource) => !parts.all.has(resource))
    .flatMap((resource) => {
      const { type, mentions } = app.render(resource);
      const isAllowed = (path: readonly string[], target: CfnElement) =>
        ANYWHERE.has(type) ||
        isNestedStack(resource) ||
        (USES[type] ?? []).some(
          ({ property, of }) =>
            property.every((name, index) => path[index] === name) &&
            (of === 'vpc' ? target === parts.vpc : of === 'clients' ? parts.clients.has(target) : true),
        );
      const other = mentions.find(({ path, target }) => parts.all.has(target) && !isAllowed(path, target));
      return other === undefined
        ? []
        : `nothing but functions in the client subnets and security groups may use the egress network because anything else could lead ` +
            `around its firewalls, got ${type} at ${resource.node.path}, whose ${other.path.join('.')} names ` +
            `${other.target.node.path}; remove it`;
    });
}

interface Use {
  readonly property: readonly string[];
  readonly of: 'vpc' | 'clients' | 'any part';
}

/** What else may name a part, and where. */
const USES: Readonly<Record<string, readonly Use[]>> = {
  'AWS::CloudWatch::Alarm': [{ property: ['Dimensions'], of: 'any part' }],
  'AWS::EC2::FlowLog': [{ property: ['ResourceId'], of: 'any part' }],
  'AWS::EC2::SecurityGroup': [{ property: ['VpcId'], of: 'vpc' }],
  'AWS::Lambda::Function': [{ property: ['VpcConfig', 'SubnetIds'], of: 'clients' }],
};

/** Permissions connect nothing. CDK's function that closes default security groups has some on those of the VPC. */
const ANYWHERE: ReadonlySet<string> = new Set(['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::Role']);

/** What a nested stack of the app does with its parameters is seen in its own resources. */
const isNestedStack = (resource: CfnResource): boolean =>
  resource.node.root.node
    .findAll()
    .some((construct) => Stack.isStack(construct) && construct.nestedStackResource === resource);
