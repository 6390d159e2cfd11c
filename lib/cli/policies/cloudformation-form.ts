import { attachable, attachedName } from '../../perimeter/organization/attachable';
import type { PerimeterDocument } from '../../perimeter/organization/document';

/**
 * A CloudFormation template for the management account, or a delegated administrator's. Each policy waits for the one after it: Organizations
 * refuses changes at the same time, and a statement that moves to a later document is there before it leaves the earlier one.
 */
export function cloudFormationForm(documents: readonly PerimeterDocument[]): string {
  const all = attachable(documents);
  const Resources = all.map(({ document, type }, index) => [
    idOf(document),
    {
      Type: 'AWS::Organizations::Policy',
      ...afterNext(all[index + 1]?.document),
      Properties: {
        Name: attachedName(document),
        Description: document.description.slice(0, 512),
        Type: type,
        Content: document.content,
        TargetIds: { Ref: 'Targets' },
      },
    },
  ]);
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: "The policies of an organization's perimeter",
    Parameters: {
      Targets: {
        Type: 'CommaDelimitedList',
        Description: 'IDs of organizational units or accounts: a test unit first.',
      },
    },
    Resources: Object.fromEntries(Resources),
  };
  return `${JSON.stringify(template, undefined, 2)}\n`;
}

const idOf = ({ name }: PerimeterDocument): string =>
  name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

const afterNext = (next: PerimeterDocument | undefined) => next && { DependsOn: idOf(next) };
