import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import type { App, Stack } from 'aws-cdk-lib/core';

/** The text of every provider's `policy.json` that a stack's app deploys. */
export function policiesOf(stack: Stack): string[] {
  const { directory } = (stack.node.root as App).synth();
  return readdirSync(directory)
    .map((name) => path.join(directory, name, 'policy.json'))
    .flatMap((file) => {
      try {
        return [readFileSync(file, 'utf8')];
      } catch {
        return [];
      }
    })
    .filter((text) => 'task' in JSON.parse(text));
}

interface RoleStatement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Record<string, Record<string, string[]>>;
}

/** The statements of the role with a description, from its own policies and those attached to it. */
export function statementsOfRole(template: Template, description: string): RoleStatement[] {
  const [match] = Object.entries(
    template.findResources('AWS::IAM::Role', { Properties: { Description: description } }),
  );
  if (match === undefined) throw new Error(`no role '${description}'`);
  const [id, role] = match;
  const attached = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
    Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === id),
  );
  return [...(role.Properties.Policies ?? []), ...attached.map(({ Properties }) => Properties)].flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );
}
