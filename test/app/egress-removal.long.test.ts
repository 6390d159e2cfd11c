import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { isOutsideAws } from '@/lib/boundary/provider-of';
import type { DeploymentConfig } from '@/lib/config/model/config';
import { deploymentStacks } from '../support/deployment';
import { withEgress } from '../support/egress-deployment';

const { egress: _, openai: __, ...on } = withEgress();
const off: DeploymentConfig = {
  ...on,
  models: on.models.map((model) => ({
    ...model,
    destinations: model.destinations.filter((destination) => !isOutsideAws(destination)),
  })),
};

/** The templates of a deployment, by the names of their stacks. */
const templatesOf = (deployment: DeploymentConfig) =>
  new Map(
    deploymentStacks(deployment)
      .all()
      .map((stack) => [stack.stackName, Template.fromStack(stack).toJSON()]),
  );
const exportsOf = (template: { Outputs?: Record<string, { Export?: { Name: string } }> }) =>
  Object.values(template.Outputs ?? {}).flatMap(({ Export }) => Export?.Name ?? []);
const importsOf = (template: object) =>
  [...JSON.stringify(template).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name = '']) => name);

const FOUNDATION = 'exemple-foundation';
const EGRESS = 'exemple-egress';
const before = templatesOf(withEgress());
const after = templatesOf(off);
const remaining = exportsOf(after.get(FOUNDATION) ?? {});
const dropped = exportsOf(before.get(FOUNDATION) ?? {}).filter((name) => !remaining.includes(name));
/** The deployed stacks whose imports would stop an update of the foundation. */
const blocking = (deployed: ReadonlyMap<string, object>) =>
  [...deployed].filter(([, template]) => importsOf(template).some((name) => dropped.includes(name))).map(([id]) => id);
const isTenant = (id: string) => /^exemple-(workspace-|projects$)/.test(id);

test('the foundation alone could not be deployed without the egress, because tenants import what it drops', () =>
  expect(blocking(before).filter((id) => id !== EGRESS)).toEqual(
    expect.arrayContaining(['exemple-projects', 'exemple-workspace-sciences']),
  ));

test('with the tenants deployed and the egress deleted first, it can', () => {
  const tenants = new Map<string, object>(
    [...before].map(([id, template]) => [id, isTenant(id) ? (after.get(id) ?? {}) : template]),
  );
  // Each finds what it imports in the foundation that is still deployed.
  const exported = exportsOf(before.get(FOUNDATION) ?? {});
  for (const [id, template] of tenants)
    if (isTenant(id))
      expect(importsOf(template).filter((name) => name.startsWith(FOUNDATION) && !exported.includes(name))).toEqual([]);
  expect([...tenants.values()].flatMap(importsOf).filter((name) => name.startsWith(`${EGRESS}:`))).toEqual([]);
  tenants.delete(EGRESS);
  expect(blocking(tenants)).toEqual([]);
});

test('OPERATIONS has this order', () => {
  const text = readFileSync(path.join(__dirname, '../../docs/OPERATIONS.md'), 'utf8');
  const [, section = ''] = /To remove the egress,([\s\S]*?)\n## /.exec(text) ?? [];
  expect(
    section.match(
      /npx cdk deploy --exclusively 'NAME-workspace-\*' NAME-projects|update-termination-protection|delete-stack|deploy --all/g,
    ),
  ).toEqual([
    "npx cdk deploy --exclusively 'NAME-workspace-*' NAME-projects",
    'update-termination-protection',
    'delete-stack',
    'deploy --all',
  ]);
});
