import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { policies } from '@/lib/cli/commands/policies';
import { edited, VALID } from '../../config/support';
import { folder } from '../support';

const ORGANIZATION = 'perimeter: { organization: o-exampleorgid }\n';
const ONE_REGION = `boundary: [eu-central-1]\n${ORGANIZATION}`;

function run(files: Readonly<Record<string, string>>, ...args: string[]) {
  const root = folder(files);
  return { root, ...runIn(root, ...args) };
}

function runIn(root: string, ...args: string[]) {
  const out: string[] = [];
  const spy = jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line));
  const before = process.cwd();
  process.chdir(root);
  try {
    return { code: policies(args), out: out.join('\n') };
  } finally {
    process.chdir(before);
    spy.mockRestore();
  }
}

const read = (root: string, file: string) => readFileSync(path.join(root, 'residency-policies', file), 'utf8');

test('the documents, their forms and a README are written, with their sizes', () => {
  const { root, code, out } = run({ 'residency.yaml': `boundary: eu\n${ORGANIZATION}` });
  expect(code).toBe(0);
  expect(readdirSync(path.join(root, 'residency-policies')).sort()).toEqual([
    'README.md',
    'ai-opt-out.json',
    'manifest.yaml',
    'organization-config.yaml',
    'perimeter.template.json',
    'perimeter.tf.json',
    'permissions-boundary.json',
    'rcp.json',
    'scp-1.json',
    'scp-2.json',
    'scp-3.json',
  ]);
  const size = read(root, 'scp-1.json').length;
  expect(out).toContain(`scp-1: ${size} of 10240 characters`);
  expect(read(root, 'README.md')).toContain(`| \`scp-1.json\` | SCP | ${size} of 10240 |`);
  expect(read(root, 'README.md')).toContain("\n## What isn't refused yet\n");
});

test('each form names every document that it can attach', () => {
  const { root } = run({ 'residency.yaml': `boundary: eu\n${ORGANIZATION}` }, '--ou', 'Test');
  const attached = ['scp-1', 'scp-2', 'scp-3', 'rcp', 'ai-opt-out'];
  const terraform = JSON.parse(read(root, 'perimeter.tf.json')).resource;
  expect(Object.keys(terraform.aws_organizations_policy)).toEqual(attached.map((name) => name.replaceAll('-', '_')));
  expect(terraform.aws_organizations_policy.scp_1).toMatchObject({
    type: 'SERVICE_CONTROL_POLICY',
    content: '${file("${path.module}/scp-1.json")}',
    depends_on: ['aws_organizations_policy_attachment.scp_2'],
  });
  expect(terraform.aws_organizations_policy.ai_opt_out).not.toHaveProperty('depends_on');
  const { Resources } = JSON.parse(read(root, 'perimeter.template.json'));
  expect(Resources.Scp1.Properties.Content).toEqual(JSON.parse(read(root, 'scp-1.json')));
  expect([Resources.Scp1.DependsOn, Resources.AiOptOut.DependsOn]).toEqual(['Scp2', undefined]);
  expect(Object.values<{ Properties: { Name: string } }>(Resources).map(({ Properties }) => Properties.Name)).toEqual(
    attached.map((name) => `eu-residency-${name}`),
  );
  const accelerator = parse(read(root, 'organization-config.yaml'));
  expect(accelerator.serviceControlPolicies[1]).toMatchObject({
    name: 'eu-residency-scp-2',
    policy: 'eu-residency/scp-2.json',
    type: 'customerManaged',
    deploymentTargets: { organizationalUnits: ['Test'] },
  });
  expect(accelerator.resourceControlPolicies).toHaveLength(1);
  expect(parse(read(root, 'manifest.yaml')).resources.map((one: Record<string, unknown>) => one.deploy_method)).toEqual(
    ['scp', 'scp', 'scp', 'rcp'],
  );
});

test('an egress stack, the roles that deploy and the boundary for roles come from the configuration', () => {
  const config = `boundary: eu
perimeter: { organization: o-exampleorgid, deployRoles: [deployer], permissionsBoundary: true }
`;
  const { root } = run({ 'residency.yaml': config });
  const all = ['scp-1', 'scp-2', 'scp-3'].map((name) => read(root, `${name}.json`)).join();
  expect(all).toContain('arn:aws:iam::*:role*/deployer');
  expect(all).toContain('MissingBoundaries');
  expect(all).toContain('{"Sid":"InternetGateways","Effect":"Deny","Action":["ec2:AssociateAddress"');
});

test('the README says which roles of tools and which deployments the documents name', () => {
  const tools = `boundary: eu
perimeter:
  organization: o-exampleorgid
  managementAccount: '000011112222'
  managementRoles: [AWSControlTowerExecution]
  deployments: [chat]
`;
  const page = (text: string) => read(run({ 'residency.yaml': text }).root, 'README.md');
  expect(page(tools)).toContain(
    '`AWSControlTowerExecution` may set up accounts, assumed by AWS services and the account 000011112222 only. ' +
      'Only the roles that deploy pass the roles of `chat`.',
  );
  expect(page(`boundary: eu\n${ORGANIZATION}`)).toContain('are bound: none is named. No deployment is named');
});

test('a model with a destination outside AWS has an egress', () => {
  const projects = VALID.slice(VALID.indexOf('projects:'), VALID.indexOf('alerts:'));
  const inside = edited(projects, ORGANIZATION, VALID);
  const providers = `egress: {}
providers:
  declared:
    - name: azure-eu
      service: azure
      resource: contoso-eu
      region: germanywestcentral
      acceptsWiderEurope: { reason: Our DPO accepts it, approver: dpo@example.eu }
      deployments: [{ name: gpt-5-4-eu, sku: DataZoneStandard, model: gpt-5.4, version: '2026-03-05' }]
models:`;
  const destination = 'provider: azure-eu\n        model: gpt-5-4-eu';
  const outside = edited('models:', providers, edited('bedrock: openai.gpt-oss-120b-1:0', destination, inside));
  const isPossible = (text: string) => {
    const { root } = run({ 'residency.yaml': text });
    const all = ['scp-1', 'scp-2', 'scp-3'].flatMap((name) => JSON.parse(read(root, `${name}.json`)).Statement);
    return all.find(({ Sid }) => Sid === 'InternetGateways').Condition !== undefined;
  };
  expect([isPossible(inside), isPossible(outside)]).toEqual([false, true]);
});

test('a deployment of another file can have the egress', () => {
  const { root } = run({
    'residency.yaml': 'boundary: eu\nperimeter: { organization: o-exampleorgid, egress: true }\n',
  });
  const all = ['scp-1', 'scp-2', 'scp-3'].flatMap((name) => JSON.parse(read(root, `${name}.json`)).Statement);
  expect(all.find(({ Sid }) => Sid === 'InternetGateways').Condition).toMatchObject({ ArnNotLike: {} });
  expect(read(root, 'README.md')).toContain(', with an egress stack.');
});

test('the sovereign partition has its own ARNs and Regions only', () => {
  const { root, out } = run({ 'residency.yaml': `boundary: eu\n${ORGANIZATION}` }, '--partition', 'aws-eusc');
  expect(out).toMatch(/scp-1: \d+ of 5120 characters/);
  for (const file of readdirSync(path.join(root, 'residency-policies')).filter((name) => name.endsWith('.json'))) {
    expect([file, /arn:aws:|eu-central-1/.exec(read(root, file))]).toEqual([file, null]);
  }
  expect(read(root, 'scp-3.json')).toContain('"aws:RequestedRegion":["eusc-de-east-1"]');
});

test('another run replaces its own files, and removes those that are no longer needed', () => {
  const { root } = run({ 'residency.yaml': `boundary: eu\n${ORGANIZATION}` }, '--partition', 'aws-eusc');
  expect(existsSync(path.join(root, 'residency-policies/scp-4.json'))).toBe(true);
  expect(runIn(root).code).toBe(0);
  expect(existsSync(path.join(root, 'residency-policies/scp-4.json'))).toBe(false);
  const before = read(root, 'README.md');
  expect(runIn(root).code).toBe(0);
  expect(read(root, 'README.md')).toBe(before);
});

describe('a file that the command did not write', () => {
  const files = { 'residency.yaml': `boundary: eu\n${ORGANIZATION}` };
  const inTheWay =
    /^'residency-policies\/.*' exists, and it isn't as this command wrote it; name another folder by --out/;

  test('after a run that broke off, the same command completes it', () => {
    const { root } = run({ 'residency.yaml': `boundary: eu\n${ORGANIZATION}` });
    const before = read(root, 'scp-1.json');
    const { root: other } = run({ 'residency.yaml': ONE_REGION });
    const after = read(other, 'scp-1.json');
    expect(after).not.toBe(before);
    // The run had written this file, and not yet the README.
    writeFileSync(path.join(root, 'residency-policies', 'scp-1.json'), after);
    writeFileSync(path.join(root, 'residency.yaml'), ONE_REGION);
    expect(runIn(root).code).toBe(0);
    expect(read(root, 'README.md')).toBe(read(other, 'README.md'));
  });

  test.each(['README.md', 'scp-1.json', 'manifest.yaml'])('%s is never overwritten, and nothing is written', (file) => {
    const root = folder({ ...files, [`residency-policies/${file}`]: 'mine' });
    expect(() => runIn(root)).toThrow(inTheWay);
    expect(readdirSync(path.join(root, 'residency-policies'))).toEqual([file]);
    expect(read(root, file)).toBe('mine');
  });

  test.each(['README.md', 'scp-1.json'])('%s that was changed by hand is not overwritten', (file) => {
    const { root } = run(files);
    writeFileSync(path.join(root, 'residency-policies', file), `${read(root, file)} `);
    expect(() => runIn(root)).toThrow(inTheWay);
  });

  test('a changed file that is no longer needed stays', () => {
    const { root } = run(files, '--partition', 'aws-eusc');
    writeFileSync(path.join(root, 'residency-policies/scp-4.json'), 'mine');
    expect(runIn(root).code).toBe(0);
    expect(read(root, 'scp-4.json')).toBe('mine');
  });

  test('a link in its place is not followed', () => {
    const { root } = run(files);
    const target = path.join(root, 'elsewhere.json');
    writeFileSync(target, read(root, 'rcp.json'));
    rmSync(path.join(root, 'residency-policies/rcp.json'));
    symlinkSync(target, path.join(root, 'residency-policies/rcp.json'));
    expect(() => runIn(root)).toThrow(inTheWay);
  });

  test('a path of an earlier README that leads out of the folder is not removed', () => {
    const [digestOfBraces, digestOfNothing] = [
      '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ];
    const digests = JSON.stringify({ '../precious.json': digestOfBraces, 'README.md': digestOfNothing });
    const readme = `\n<!-- eu-residency policies ${digests} -->\n`;
    const root = folder({ ...files, 'residency-policies/README.md': readme, 'precious.json': {} });
    expect(runIn(root).code).toBe(0);
    expect(existsSync(path.join(root, 'precious.json'))).toBe(true);
  });
});

test.each([
  [
    { 'residency.yaml': 'boundary: eu\n' },
    [],
    /^residency\.yaml: 'perimeter' is missing, .*; add 'perimeter: \{ organization: o-/,
  ],
  [
    { 'residency.yaml': `boundary: [FR]\n${ORGANIZATION}` },
    ['--partition', 'aws-eusc'],
    /^residency\.yaml: the boundary 'FR' contains no Region of the partition aws-eusc, .*; use --partition aws, or widen the boundary$/,
  ],
  [
    { 'residency.yaml': 'boundary: eu\n' },
    ['--partition', 'aws-cn'],
    /^--partition: found 'aws-cn'; allowed: aws, aws-eusc/,
  ],
  [
    { 'residency.yaml': 'boundary: eu\n' },
    ['extra'],
    /^policies takes no argument, found 'extra'; name the folder by --out, or ask for 'policies diff'$/,
  ],
  [
    { 'residency.yaml': 'boundary: eu\n' },
    ['--ou', 'a\nb'],
    /^--ou: found 'a\nb'; allowed: the name of an organizational unit/,
  ],
  [{ 'residency.yaml': 'boundary: eu\nperimeter: { organization: x }\n' }, [], /perimeter\.organization/],
  [
    { 'residency.yaml': `boundary: eu\n${ORGANIZATION}`, file: '' },
    ['--out', 'file/below'],
    /^--out: the policies can't be written \(ENOTDIR\)/,
  ],
])('a mistake is a message, and nothing is written', (files, args, message) => {
  const root = folder(files);
  expect(() => runIn(root, ...args)).toThrow(message);
  expect(readdirSync(root).sort()).toEqual(Object.keys(files).sort());
});

test('roles that fill too many documents are a message', () => {
  const roles = Array.from({ length: 15 }, (_, index) => `role-of-a-team-${index}`).join(', ');
  const root = folder({
    'residency.yaml': `boundary: eu\nperimeter: { organization: o-exampleorgid, deployRoles: [${roles}] }\n`,
  });
  expect(() => runIn(root, '--partition', 'aws-eusc')).toThrow(/^residency\.yaml: the perimeter needs \d+ documents/);
});
