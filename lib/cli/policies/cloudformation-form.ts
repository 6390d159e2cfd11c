import { attachable, attachedName } from '../../perimeter/organization/attachable';
import type { PerimeterDocument } from '../../perimeter/organization/document';

/** A CloudFormation template for the management account, or a delegated administrator's. */
export function cloudFormationForm(documents: readonly PerimeterDocument[]): string {
  const Resources = attachable(documents).map(({ document, type }) => [
    document.name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase()),
    {
      Type: 'AWS::Organizations::Policy',
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
