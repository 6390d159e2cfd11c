import { attachable, attachedName, fileOf } from '../../perimeter/organization/attachable';
import type { PerimeterDocument } from '../../perimeter/organization/document';

/**
 * The policies and their attachments for Terraform's AWS provider, with the documents in files next to it. Each policy waits for those
 * after it, attachments included: a statement that moves to a later document is there before it leaves the earlier one.
 */
export function terraformForm(documents: readonly PerimeterDocument[]): string {
  const all = attachable(documents);
  const policies = all.map(({ document, type }, index) => ({
    id: idOf(document),
    policy: {
      ...afterNext(all[index + 1]?.document),
      name: attachedName(document),
      description: document.description.slice(0, 512),
      type,
      content: `\${file("\${path.module}/${fileOf(document)}")}`,
    },
  }));
  return asJson({
    variable: {
      targets: {
        type: 'set(string)',
        description: 'IDs of organizational units or accounts: a test unit first.',
      },
    },
    resource: {
      aws_organizations_policy: Object.fromEntries(policies.map(({ id, policy }) => [id, policy])),
      aws_organizations_policy_attachment: Object.fromEntries(
        policies.map(({ id }) => [
          id,
          {
            for_each: '${var.targets}',
            policy_id: `\${aws_organizations_policy.${id}.id}`,
            target_id: '${each.value}',
          },
        ]),
      ),
    },
  });
}

const idOf = ({ name }: Pick<PerimeterDocument, 'name'>): string => name.replaceAll('-', '_');

const afterNext = (next: PerimeterDocument | undefined) =>
  next && { depends_on: [`aws_organizations_policy_attachment.${idOf(next)}`] };

const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
