import { readConfig } from '@/lib/config/load';
import { perimeterScope } from '@/lib/config/required-boundary';
import { perimeterDocuments } from '@/lib/perimeter/organization/documents';
import { linesOf, VALID } from './support';

const ID = 'organization: o-exampleorgid';
const GUARDRAIL = 'arn:aws:bedrock:eu-central-1:111122223333:guardrail/abc:1';
const readAll = (text: string) => readConfig(text, 'residency.yaml').perimeter;

test('a perimeter has defaults, with and without a deployment', () => {
  const defaults = {
    organization: 'o-exampleorgid',
    deployRoles: ['cdk-*-cfn-exec-role-*'],
    guardrails: [],
    permissionsBoundary: false,
  };
  expect(readAll(`boundary: eu\nperimeter: { ${ID} }\n`)).toEqual(defaults);
  const config = readConfig(`${VALID}perimeter: { ${ID} }\n`, 'residency.yaml');
  expect([config.perimeter, config.deployment?.perimeter]).toEqual([defaults, defaults]);
});

test('guardrails, roles and the boundary for roles are read', () => {
  const text = `boundary: eu\nperimeter: { ${ID}, deployRoles: [ci, 'cdk-*exec'], guardrails: ["${GUARDRAIL}"], permissionsBoundary: true, egress: false }\n`;
  expect(readAll(text)).toEqual({
    organization: 'o-exampleorgid',
    deployRoles: ['ci', 'cdk-*exec'],
    egress: false,
    guardrails: [GUARDRAIL],
    permissionsBoundary: true,
  });
});

test('roles of tools, the management account and further deployments are read', () => {
  const tools = "managementRoles: [AWSControlTowerExecution], managementAccount: '000011112222', deployments: [chat]";
  expect(readAll(`boundary: eu\nperimeter: { ${ID}, ${tools} }\n`)).toMatchObject({
    managementRoles: ['AWSControlTowerExecution'],
    managementAccount: '000011112222',
    deployments: ['chat'],
  });
});

test("the scope of the documents has the file's own deployment and the others, each once", () => {
  const config = readConfig(`${VALID}perimeter: { ${ID}, deployments: [chat, exemple] }\n`, 'residency.yaml');
  const { boundary, perimeter, deployment } = config;
  const own = `${deployment?.name}`;
  if (perimeter === undefined) throw new Error('no perimeter');
  expect(perimeterScope({ boundary, perimeter, deployment }).deployments).toEqual([
    ...new Set([own, 'chat', 'exemple']),
  ]);
  expect(perimeterScope({ boundary, perimeter: { ...perimeter, deployments: undefined } }).deployments).toEqual([]);
});

test("a required boundary doesn't depend on whether AWS can attach the policies of another partition", () => {
  const roles = [1, 2, 3, 4, 5].map((n) => `AWSReservedSSO_${'Deployment'.repeat(4)}_${n}`);
  const text = `boundary: eu\nperimeter: { ${ID}, permissionsBoundary: true, deployRoles: [${roles}] }\n`;
  const { boundary, perimeter, declarations } = readConfig(text, 'residency.yaml');
  if (perimeter === undefined) throw new Error('no perimeter');
  expect(() => perimeterDocuments(perimeterScope({ boundary, perimeter }, 'aws-eusc'))).toThrow(/at most 4/);
  expect(declarations.permissionsBoundary?.documents).toHaveLength(2);
});

test.each([
  ['deployRoles: []', /deployRoles: found an empty list; allowed: a list of at least one name of a role/],
  [
    'deployRoles: ["a/b"]',
    /deployRoles\[0\]: found 'a\/b'; allowed: a role's name, without its path; \* stands for any text/,
  ],
  ["deployRoles: ['*']", /deployRoles\[0\]: found '\*'; allowed: a role's name.* at least 8 other characters/],
  ["deployRoles: ['cdk-***exe']", /deployRoles\[0\]: found 'cdk-\*\*\*exe'.*at least 8/],
  ["managementRoles: ['*']", /managementRoles\[0\]: found '\*'; allowed: a role's name.* at least 8 other characters/],
  [
    'managementRoles: [AWSControlTowerExecution]',
    /managementRoles\[0\]: found 'AWSControlTowerExecution'.*add its ID as 'managementAccount'/,
  ],
  ["managementRoles: ['AWS*TowerExec*']", /managementRoles\[0\]: found 'AWS\*TowerExec\*'.*as 'managementAccount'/],
  [
    'deployRoles: [AWSControlTowerExecution]',
    /deployRoles\[0\]: found 'AWSControlTowerExecution'.*name it in 'managementRoles'/,
  ],
  ["deployRoles: [pipeline, 'AWSControlTower*']", /deployRoles\[1\]: found 'AWSControlTower\*'/],
  ['deployments: [cdk, chat]', /deployments\[0\]: found 'cdk', .*'cdk-\*'/],
  ['deployments: [chat, aws]', /deployments\[1\]: found 'aws', .*'aws-\*'/],
  ['deployments: [cdk-hnb659fds]', /deployments\[0\]: found 'cdk-hnb659fds', .*'cdk-\*'/],
  ['deployments: [ci], deployRoles: [ci-deploy]', /deployments\[0\]: found 'ci', .*'ci-deploy'/],
  ["deployments: [stacksets], managementRoles: ['stacksets-exec-*']", /deployments\[0\]: found 'stacksets'/],
  ["deployments: [chat], deployRoles: ['*-foundation-*']", /deployments\[0\]: found 'chat', .*'\*-foundation-\*'/],
  ["deployments: [chat], deployRoles: ['c*-foundation-*']", /deployments\[0\]: found 'chat', .*'c\*-foundation-\*'/],
  ["deployments: [chat], deployRoles: ['c*-workspace-*']", /deployments\[0\]: found 'chat', .*'c\*-workspace-\*'/],
  ["deployments: [chat], deployRoles: ['ch*-projects-*']", /deployments\[0\]: found 'chat', .*'ch\*-projects-\*'/],
  ["deployments: [chat], managementRoles: ['c*-bedrock-*']", /deployments\[0\]: found 'chat', .*'c\*-bedrock-\*'/],
  ["deployments: [chat], deployRoles: ['chat*Gateway*']", /deployments\[0\]: found 'chat', .*'chat\*Gateway\*'/],
  // The stack of a workspace with the ID cfn-exec-role has such roles.
  [
    "deployments: [chat], deployRoles: ['*-cfn-exec-role-*']",
    /deployments\[0\]: .* a pattern .* begins with more text/,
  ],
  ["deployments: [chat], deployRoles: ['c*DeployRole']", /deployments\[0\]: found 'chat', .*'c\*DeployRole'/],
  ["deployments: [chat], deployRoles: ['c*role-0123456789AB']", /deployments\[0\]: .*'c\*role-0123456789AB'/],
  ["deployments: [chat], deployRoles: ['c*-eu-central-1']", /deployments\[0\]: found 'chat', .*'c\*-eu-central-1'/],
  ["deployments: [team-a], deployRoles: ['team-*-deploy']", /deployments\[0\]: found 'team-a', .*'team-\*-deploy'/],
  [
    "managementAccount: '000011112222'",
    /managementAccount: found '000011112222' without 'managementRoles'.*or remove it/,
  ],
  [
    'managementAccount: root, managementRoles: [AWSControlTowerExecution]',
    /managementAccount: found 'root'; allowed: the 12 digits of an account/,
  ],
  ['deployments: []', /deployments: found an empty list; allowed: a list of at least one name of a deployment/],
  ['deployments: [Chat]', /deployments\[0\]: found 'Chat'; allowed: lower-case letters/],
  ['guardrails: []', /guardrails: found an empty list; allowed: a list of at least one ARN of a guardrail/],
  [
    `guardrails: ["${GUARDRAIL.slice(0, -2)}"]`,
    /guardrails\[0\]: found 'arn:.*'; allowed: the ARN of a guardrail, a colon and the number of a version/,
  ],
  [`guardrails: ["${GUARDRAIL.replace('eu-central-1', 'eu-west-2')}"]`, /guardrails\[0\]: '?.*eu-west-2.*London.*/],
  [
    `guardrails: ["${GUARDRAIL}", "${GUARDRAIL.replace('abc', 'def')}"]`,
    /guardrails\[1\]: found a second guardrail of eu-central-1; AWS enforces one in each Region: remove one/,
  ],
])('%s is refused', (part, message) => {
  const lines = linesOf(`boundary: eu\nperimeter: { ${ID}, ${part} }\n`);
  expect(lines).toEqual([expect.stringMatching(message)]);
});

test.each([
  "deployRoles: [AWSControlTowerExecutions, 'AWSControlTower*Executio', 'Tower*Execution', 'AWSControlTowerExecution*n']",
  "deployments: [ci, awsome], deployRoles: [ci, 'cdk-*-cfn-exec-role-*', '*-pipeline']",
  "deployments: [chat], deployRoles: ['c*-exec-role', '*-cfn-exec-role', 'c*-role-0123456789A', '*_Bootstrap_*']",
])('%s is accepted', (part) => {
  expect(readAll(`boundary: eu\nperimeter: { ${ID}, ${part} }\n`)).toBeDefined();
});

test("the file's own name is compared with the roles", () => {
  const text = `${VALID}perimeter: { ${ID} }\n`.replace(/^name: .*$/m, 'name: cdk');
  expect(linesOf(text)).toEqual([expect.stringMatching(/ name: found 'cdk', .*'cdk-\*'/)]);
});
