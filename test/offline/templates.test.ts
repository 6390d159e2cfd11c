import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cloudFormationForm } from '@/lib/cli/policies/cloudformation-form';
import { perimeterDocuments } from '@/lib/perimeter/organization/documents';
import { hookTemplate } from '@/scripts/hook/hook-template';
import type { Json } from '@/test/iam/support/physical';
import { scope } from '@/test/perimeter/organization/scope';
import { inlineHookCode } from '@/test/support/inline-hook-code';
import { installPython, runScript } from './python/python';
import { type DeploymentName, stacksOf } from './support/deployments';
import { EU_REGIONS, SOVEREIGN } from './support/regions';

jest.setTimeout(120_000);
beforeAll(installPython);

interface Finding {
  readonly file: string;
  readonly rule: string;
  readonly path: string;
  readonly message: string;
}

/** Findings that are intended, whatever the template. */
const ACCEPTED = [
  // CDK adds a dependency on a function's role and its policy in one list.
  'W3005',
  // The zones are those in which the endpoints of a Region are offered.
  'W3010',
];

/** What CloudFormation's documentation has, and cfn-lint's tables don't have in any Region yet (docs/decisions/0069-egress-is-listed-names.md). */
const UNLISTED = ['AWS::Route53Resolver::FirewallConfig'];

const unlistedIn = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ rule, message }) => rule === 'E3006' && UNLISTED.some((type) => message.includes(`'${type}'`)));

/** What cfn-lint finds in templates, by CloudFormation's schemas of each of the Regions. */
function lint(templates: Readonly<Record<string, Json>>, regions: readonly string[]): Finding[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'lint-'));
  for (const [name, template] of Object.entries(templates))
    writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(template));
  return runScript('lint.py', { folder, regions, ignored: ACCEPTED });
}

const templatesOf = (deployment: DeploymentName): Record<string, Json> =>
  Object.fromEntries(stacksOf(deployment).map(({ name, template }) => [name, template]));

const VARIANTS: readonly DeploymentName[] = ['recovery', 'given VPC with endpoints', 'further Region', 'egress'];

test.each(VARIANTS)('%s: each property and type is valid in every Region inside the boundary', (deployment) => {
  const findings = lint(templatesOf(deployment), EU_REGIONS);
  const unlisted = unlistedIn(findings);
  expect(findings.filter((one) => !unlisted.includes(one))).toEqual([]);
  // A type that cfn-lint has learned in a Region must be checked there, and its row goes.
  const count = deployment === 'egress' ? UNLISTED.length * EU_REGIONS.length : 0;
  expect(unlisted).toHaveLength(count);
});

test('the sovereign partition: each property and type is valid there', () => {
  // cfn-lint's forms of ARNs know three partitions only.
  const text = JSON.stringify(templatesOf('sovereign partition')).replaceAll('arn:aws-eusc:', 'arn:aws:');
  expect(lint(JSON.parse(text), [SOVEREIGN])).toEqual([]);
});

test('the template of the hook: each property and type is valid in every Region inside the boundary', async () => {
  const template = hookTemplate(inlineHookCode());
  expect(lint({ hook: JSON.parse(JSON.stringify(template)) }, EU_REGIONS)).toEqual([]);
});

test("the template of an organization's policies: each property is valid in every Region inside the boundary", () => {
  const template = cloudFormationForm(perimeterDocuments(scope({ hasEgress: true, requiresBoundary: true })));
  expect(lint({ perimeter: JSON.parse(template) }, EU_REGIONS)).toEqual([]);
});

describe('a mistake is found', () => {
  const template = (Type: string, Properties: Json) => ({ t: { Resources: { One: { Type, Properties } } } });

  test.each([
    ['a type that a Region lacks', template('AWS::DevOpsGuru::LogAnomalyDetectionIntegration', {}), /E3006/],
    ['a property that a type lacks', template('AWS::KMS::Key', { KeyPolicy: {}, Rotate: true }), /E3002/],
    ['a name that is too long', template('AWS::IAM::Role', { RoleName: 'r'.repeat(65) }), /E3033/],
    ['a value that is not one of its values', template('AWS::KMS::Key', { KeySpec: 'RSA_1' }), /E3030/],
  ])('%s', (_, templates, rule) => {
    const found = lint(templates, ['eu-central-1', 'eu-south-1']);
    expect(found.map((one) => one.rule)).toContainEqual(expect.stringMatching(rule));
  });
});
