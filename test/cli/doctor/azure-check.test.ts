import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { doctor } from '@/lib/cli/commands/doctor';
import { runAzureCheck } from '@/lib/cli/run/run-azure-check';
import { loadConfig } from '@/lib/config/load';
import { ConfigError } from '@/lib/config/read/config-error';

const FILE = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
egress: {}
providers:
  declared:
    - name: azure-eu
      service: azure
      resource: contoso-eu
      region: germanywestcentral
      acceptsWiderEurope: { reason: r }
      zeroRetention: { contract: M-123 }
      maxCheckAge: 30d
      deployments: [{ name: gpt-5-4-eu, sku: DataZoneStandard, model: gpt-5.4, version: '2026-03-05' }]
models:
  - { id: assistant, destinations: [{ provider: azure-eu, model: gpt-5-4-eu }] }
projects:
  - { id: helpdesk-bot, models: [assistant] }
alerts: [security@example.eu]
`;
const ID = '/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/contoso';
const DEPLOYMENT = {
  etag: '"e"',
  id: `${ID}/deployments/gpt-5-4-eu`,
  name: 'gpt-5-4-eu',
  properties: {
    model: { format: 'OpenAI', name: 'gpt-5.4', version: '2026-03-05' },
    provisioningState: 'Succeeded',
    raiPolicyName: 'Microsoft.DefaultV2',
  },
  resourceGroup: 'g',
  sku: { capacity: 10, name: 'DataZoneStandard' },
  type: 'Microsoft.CognitiveServices/accounts/deployments',
};
const ACCOUNT = {
  id: ID,
  kind: 'AIServices',
  location: 'germanywestcentral',
  name: 'contoso',
  properties: { customSubDomainName: 'contoso-eu', endpoint: 'https://contoso-eu.openai.azure.com/' },
};
const NOW = new Date('2026-12-01T12:00:00Z');

let folder: string;
let printed = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'azure-'));
  printed = '';
  jest.spyOn(console, 'log').mockImplementation((text) => {
    printed += text;
  });
});
afterEach(() => jest.restoreAllMocks());

const at = (name: string) => path.join(folder, name);
const given = (deployment: unknown = DEPLOYMENT, account: unknown = ACCOUNT, file = FILE) => {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  writeFileSync(at('residency.yaml'), file);
  writeFileSync(at('d.json'), text(deployment));
  writeFileSync(at('a.json'), text(account));
  return ['--config', at('residency.yaml'), '--azure', at('d.json'), '--azure-account', at('a.json')];
};
const mistakes = (now: Date) => {
  try {
    loadConfig(at('residency.yaml'), undefined, undefined, () => now);
    return '';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
};

test('a project is served once Azure has reported the deployment, until the check result is too old', async () => {
  const args = given();
  expect(mistakes(NOW)).toMatch(/a project requires a recent check result, and no check result confirms the SKU/);
  expect(runAzureCheck(args, NOW)).toBe(0);
  expect(printed).toMatch(
    /^Azure reports SKU DataZoneStandard and model gpt-5\.4 of deployment 'gpt-5-4-eu' of 'azure-eu' in germanywestcentral; saved in .*residency-azure\.yaml$/,
  );
  expect(readFileSync(at('residency-azure.yaml'), 'utf8')).toMatch(
    /^# .*\n# .*\ndeployments:\n {2}- provider: azure-eu\n/,
  );
  expect(mistakes(NOW)).toBe('');
  expect(mistakes(new Date('2026-12-31T23:59:59Z'))).toBe('');
  expect(mistakes(new Date('2027-01-01T00:00:00Z'))).toMatch(
    /the check result of deployment 'gpt-5-4-eu' of 'azure-eu' is of 2026-12-01, and must be at most 30 days old/,
  );
  expect(await doctor(args)).toBe(0);
});

test('a newer check result takes the place of an older one, and others stay', () => {
  const two = FILE.replace("'2026-03-05' }", "'2026-03-05' }, { name: other, sku: Standard, model: gpt-5.4 }");
  runAzureCheck(given(DEPLOYMENT, ACCOUNT, two), NOW);
  const other = { ...DEPLOYMENT, id: `${ID}/deployments/other`, name: 'other', sku: { name: 'Standard' } };
  runAzureCheck(given(other, { ...ACCOUNT, location: 'Germany West Central' }, two), NOW);
  runAzureCheck(given(`\uFEFF${JSON.stringify(DEPLOYMENT)}`, ACCOUNT, two), new Date('2026-12-05T00:00:00Z'));
  const { deployment } = loadConfig(at('residency.yaml'), undefined, undefined, () => new Date('2026-12-05T12:00:00Z'));
  expect(deployment?.providers?.declared[0]?.deployments?.map(({ name, readOn }) => [name, readOn])).toEqual([
    ['gpt-5-4-eu', '2026-12-05'],
    ['other', '2026-12-01'],
  ]);
});

// biome-ignore format: one row a line
test.each<[string, string, string, string, string]>([
  ['SKU', 'sku: DataZoneStandard', 'sku: Standard', 'deployments[0].sku', "found 'Standard', but Azure reported 'DataZoneStandard'"],
  ['model', 'model: gpt-5.4,', 'model: gpt-6,', 'deployments[0].model', "found 'gpt-6', but Azure reported 'gpt-5.4'"],
  ['version', '2026-03-05', '2026-04-01', 'deployments[0].version', "found '2026-04-01', but Azure reported '2026-03-05'"],
  ['Region', 'germanywestcentral', 'swedencentral', 'region', "found 'swedencentral', but Azure reported 'germanywestcentral'"],
  ['resource', 'contoso-eu', 'contoso-fr', 'resource', "found 'contoso-fr', but Azure reported 'contoso-eu'"],
])('a claim of another %s than Azure reported is refused, also for workspaces', (_, from, to, key, text) => {
  runAzureCheck(given(), NOW);
  writeFileSync(at('residency.yaml'), FILE.replace(from, to));
  expect(mistakes(NOW)).toContain(
    `: providers.declared[0].${key}: ${text} of deployment 'gpt-5-4-eu' on 2026-12-01 (residency-azure.yaml); correct it, or read the deployment again with 'eu-residency doctor --azure'`,
  );
});

const of = (over: object) => ({ ...DEPLOYMENT, ...over });
const { model } = DEPLOYMENT.properties;
// biome-ignore format: one row a line
test.each<[string, unknown, unknown, string]>([
  ['another resource', DEPLOYMENT, { ...ACCOUNT, properties: { customSubDomainName: 'other' } }, "a.json: found the resource 'other', which no provider declares; declared are 'contoso-eu'"],
  ['a deployment of another resource', of({ id: '/x/deployments/gpt-5-4-eu' }), ACCOUNT, `d.json: found deployment '/x/deployments/gpt-5-4-eu', which isn't in the resource of FOLDER/a.json, '${ID}'; print both of one resource`],
  ['another Region', DEPLOYMENT, { ...ACCOUNT, location: 'eastus' }, "a.json: found the Region 'eastus', but residency.yaml declares 'germanywestcentral'; correct the one that is wrong"],
  ['another deployment', of({ id: `${ID}/deployments/x`, name: 'x' }), ACCOUNT, "d.json: found the deployment 'x', which provider 'azure-eu' doesn't declare; declared are 'gpt-5-4-eu'"],
  ['another SKU', of({ sku: { name: 'GlobalStandard' } }), ACCOUNT, "d.json: found the SKU 'GlobalStandard', but residency.yaml declares 'DataZoneStandard'; correct the one that is wrong"],
  ['another model', of({ properties: { ...DEPLOYMENT.properties, model: { ...model, name: 'gpt-6' } } }), ACCOUNT, "d.json: found the model 'gpt-6', but residency.yaml declares 'gpt-5.4'; correct the one that is wrong"],
  ['another version', of({ properties: { ...DEPLOYMENT.properties, model: { ...model, version: '1' } } }), ACCOUNT, "d.json: found the version '1', but residency.yaml declares '2026-03-05'; correct the one that is wrong"],
  ['a deployment that is being created', of({ properties: { ...DEPLOYMENT.properties, provisioningState: 'Creating' } }), ACCOUNT, "d.json: found the provisioning state 'Creating'; print it again once it is 'Succeeded'"],
  ['no SKU and a number for a name', of({ sku: null, name: 7 }), ACCOUNT, "d.json: has no text at 'name', 'sku.name'; write what 'az cognitiveservices account deployment show -o json' prints to it"],
  ['the account in place of the deployment', ACCOUNT, ACCOUNT, "d.json: has no text at 'sku.name', 'properties.model.name', 'properties.model.version', 'properties.provisioningState'; write what 'az cognitiveservices account deployment show -o json' prints to it"],
  ['a table', 'Name  Sku', ACCOUNT, "d.json: isn't JSON; write what 'az cognitiveservices account deployment show -o json' prints to it"],
  ['a text of JSON', '"x"', ACCOUNT, "d.json: has no text at 'id', 'name', 'sku.name', 'properties.model.name', 'properties.model.version', 'properties.provisioningState'; write what 'az cognitiveservices account deployment show -o json' prints to it"],
])('%s is refused, and nothing is written', (_, deployment, account, text) => {
  const args = given(deployment, account);
  expect(() => runAzureCheck(args, NOW)).toThrow(new Error(`${folder}/${text.replace('FOLDER', folder)}`));
  expect(() => readFileSync(at('residency-azure.yaml'))).toThrow('ENOENT');
});

test('both files are needed, and must exist', () => {
  const args = given();
  expect(() => runAzureCheck(args.slice(0, 4), NOW)).toThrow(/^doctor --azure needs two files/);
  expect(() => runAzureCheck([...args.slice(0, 4), '--azure-account', at('no.json')], NOW)).toThrow(
    new Error(
      `${at('no.json')}: can't be read (ENOENT); write what 'az cognitiveservices account show -o json' prints to it`,
    ),
  );
});

test('a file of check results with a mistake is reported with its place', () => {
  given();
  writeFileSync(at('residency-azure.yaml'), 'deployments: [{ provider: azure-eu, readOn: yesterday }]\n');
  expect(mistakes(NOW)).toMatch(
    /residency-azure\.yaml:1:\d+: deployments\[0\]\.readOn: found 'yesterday'; allowed: a day such as 2027-06-30; fix it, or delete the file and run 'eu-residency doctor --azure' again/,
  );
});
