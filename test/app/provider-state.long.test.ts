import { Template } from 'aws-cdk-lib/assertions';
import { deployedTemplates } from '../support/deployed-templates';
import { DEPLOYMENT, deploymentStacks } from '../support/deployment';
import { withEgress } from '../support/egress-deployment';

const VARIABLE = 'PROVIDER_STATE_TABLE_ARN';
const functionsOf = (template: Template) =>
  Object.values(template.findResources('AWS::Lambda::Function')).filter(
    ({ Properties }) => VARIABLE in (Properties.Environment?.Variables ?? {}),
  );

test('a deployment with a model outside AWS has one table of provider states, which every gateway and worker reads', () => {
  const { foundation, workspaces, projects } = deploymentStacks(withEgress());
  const template = Template.fromStack(foundation);
  const outputs = Object.keys(template.findOutputs('*'));
  expect(outputs).toEqual(expect.arrayContaining(['ProviderStateTable', 'ProvidersRole']));
  const [sciences, office] = workspaces.map((stack) => functionsOf(Template.fromStack(stack)));
  // The gateway, and its worker where answers are given in the background.
  expect([sciences?.length, office?.length]).toEqual([2, 1]);
  expect(functionsOf(Template.fromStack(projects as NonNullable<typeof projects>))).toHaveLength(1);
});

test('a deployment without one has no such resource', () => {
  expect(DEPLOYMENT.egress).toBeUndefined();
  const templates = Object.values(deployedTemplates());
  expect(templates.flatMap(functionsOf)).toEqual([]);
  for (const template of templates) expect(JSON.stringify(template.toJSON())).not.toContain('ProviderState');
});
