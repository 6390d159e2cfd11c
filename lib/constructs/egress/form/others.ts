import { type CfnElement, type CfnResource, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { mayUse } from '../../../perimeter/egress-form/uses';
import { AppReferences } from '../../network/app-references';

/** The resources of an egress network, by what others may do with them. */
export interface EgressParts {
  readonly vpc: CfnElement;
  readonly clients: ReadonlySet<CfnElement>;
  readonly all: ReadonlySet<CfnElement>;
}

/**
 * The resources of the app that use an egress network otherwise than they may, as messages: of any type and in any stack, with or without
 * a condition.
 */
export function otherUses(root: IConstruct, parts: EgressParts): string[] {
  const app = new AppReferences(root);
  return app.resources
    .filter((resource) => !parts.all.has(resource))
    .flatMap((resource) => {
      const { type, mentions } = app.render(resource);
      const isAllowed = (path: readonly string[], target: CfnElement) =>
        isNestedStack(resource) ||
        mayUse(type, path, { isVpc: target === parts.vpc, isClient: parts.clients.has(target) });
      const other = mentions.find(({ path, target }) => parts.all.has(target) && !isAllowed(path, target));
      return other === undefined
        ? []
        : `nothing but functions in the client subnets and security groups may use the egress network because anything else could lead ` +
            `around its firewalls, got ${type} at ${resource.node.path}, whose ${other.path.join('.')} names ` +
            `${other.target.node.path}; remove it`;
    });
}

/** What a nested stack of the app does with its parameters is seen in its own resources. */
const isNestedStack = (resource: CfnResource): boolean =>
  resource.node.root.node
    .findAll()
    .some((construct) => Stack.isStack(construct) && construct.nestedStackResource === resource);
