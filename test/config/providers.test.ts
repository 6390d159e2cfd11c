import { readConfig } from '@/lib/config/load';
import { SERVED } from '@/lib/config/model/purpose';
import { edited, linesFrom, VALID } from './support';

const SECOND = 'bedrock: openai.gpt-oss-120b-1:0';
const AZURE = `  declared:
    - name: azure-eu
      service: azure
      resource: contoso-eu
      region: germanywestcentral
      acceptsWiderEurope: { reason: Our DPO accepts it, approver: dpo@example.eu }
      deployments: [{ name: gpt-5-4-eu, sku: DataZoneStandard, model: gpt-5.4, version: '2026-03-05' }]
    - name: paris
      service: scaleway
`;
const TO_AZURE = 'provider: azure-eu\n        model: gpt-5-4-eu';
const PROJECTS = VALID.slice(VALID.indexOf('projects:'), VALID.indexOf('alerts:'));

/** A file whose second destination and keys before `models` are these, without projects. */
const file = (destination: string, keys: string) =>
  edited(PROJECTS, '', edited('models:', `${keys}models:`, edited(SECOND, destination)));
const withAzure = (from = '', to = '', destination = TO_AZURE) =>
  file(destination, `egress: {}\nproviders:\n${from === '' ? AZURE : edited(from, to, AZURE)}`);
const linesOf = (text: string, purpose?: typeof SERVED) => linesFrom(() => readConfig(text, 'residency.yaml', purpose));
const deploymentOf = (text: string, purpose?: typeof SERVED) => readConfig(text, 'residency.yaml', purpose).deployment;

test('a declared provider and its egress are read', () => {
  const deployment = deploymentOf(
    withAzure(
      '      service: scaleway',
      '      service: scaleway\n      zeroRetention: { contract: M-1 }\n      schemasMayLeave: true',
    ),
  );
  expect(deployment?.egress).toEqual({});
  expect(deployment?.providers).toEqual({
    euOwnedOnly: false,
    declared: [
      {
        name: 'azure-eu',
        service: 'azure',
        resource: 'contoso-eu',
        region: 'germanywestcentral',
        accepted: 'Our DPO accepts it (dpo@example.eu)',
        deployments: [{ name: 'gpt-5-4-eu', sku: 'DataZoneStandard', model: 'gpt-5.4', version: '2026-03-05' }],
      },
      { name: 'paris', service: 'scaleway', zeroRetention: 'M-1', schemasMayLeave: true },
    ],
  });
  expect(deployment?.models[0]?.destinations[1]).toMatchObject({
    provider: 'external',
    providerName: 'azure-eu',
    id: 'azure-eu/gpt-5-4-eu',
    kind: 'text',
    baseUrl: 'https://contoso-eu.openai.azure.com/openai/v1',
    accepted: expect.stringMatching(/accepted because Our DPO accepts it \(dpo@example\.eu\)$/),
  });
});

test('the exceptions of an accepted host name the approver of the file', () => {
  const { declarations } = readConfig(withAzure(), 'residency.yaml');
  const approvers = new Set(declarations.exceptions.map(({ approver }) => approver));
  expect([...approvers]).toEqual(['dpo@example.eu']);
});

test('the zones and range of an egress are read', () => {
  const text = withAzure().replace('egress: {}', 'egress: { zones: [eu-central-1b], addressRange: 10.99.0.0/22 }');
  expect(deploymentOf(text)?.egress).toEqual({ zones: ['eu-central-1b'], addressRange: '10.99.0.0/22' });
});

test('an embedding model of a provider is one', () => {
  const text = withAzure('', '', `provider: paris\n        model: bge-m3\n        kind: embedding`);
  expect(deploymentOf(text)?.models[0]?.destinations[1]).toMatchObject({ id: 'paris/bge-m3', kind: 'embedding' });
});

test('serve needs no egress, and a file with one can be served', () => {
  expect(linesOf(withAzure().replace('egress: {}\n', ''), SERVED)).toEqual([]);
  expect(linesOf(withAzure(), SERVED)).toEqual([]);
});

const NO_EGRESS =
  "which a deployment reaches only through an egress; add 'egress: {}', whose firewall and NAT gateway in each zone are billed by the hour, " +
  "or use it with 'eu-residency serve'";
const TERMS = 'openai: { acceptsWiderEurope: { reason: r } }\n';
const LAW = "'euOwnedOnly' allows only companies whose owner is under the law of an EU member state, and the owner of";
const FIX = "is under the law of US; remove the destination, or set 'providers: { euOwnedOnly: false }'";

// biome-ignore format: one row a line
test.each<[string, string, ...string[]]>([
  ['OpenAI without an egress', file('openai: gpt-5.4', TERMS), `9:17: models[0].destinations[1].openai: found 'gpt-5.4', ${NO_EGRESS}`],
  ['a provider without an egress', withAzure().replace('egress: {}\n', ''), `18:19: models[0].destinations[1].provider: found 'azure-eu', ${NO_EGRESS}`],
  ['an egress that leads to nothing', file(SECOND, 'egress: {}\n'), "4:1: egress: leads to nothing, because no destination is outside AWS ('openai' or 'provider'); remove it"],
  ['an egress without a value', withAzure().replace('egress: {}', 'egress:'), "4:1: egress: found nothing; allowed: a mapping with any of 'zones' and 'addressRange', or {}"],
  ['a zone of another Region', withAzure().replace('{}', '{ zones: [eu-west-1a] }'), "4:19: egress.zones[0]: found 'eu-west-1a', which isn't a zone of the primary Region 'eu-central-1'"],
  ['four zones', withAzure().replace('{}', '{ zones: [eu-central-1a, eu-central-1b, eu-central-1c, eu-central-1d] }'), '4:18: egress.zones: found a list; allowed: a list of one to three zones of the primary Region'],
  ['one zone twice', withAzure().replace('{}', '{ zones: [eu-central-1a, eu-central-1a] }'), "4:34: egress.zones[1]: found 'eu-central-1a' a second time; remove one of them"],
  ['a range that is too small', withAzure().replace('{}', '{ addressRange: 10.98.0.0/24 }'), "4:25: egress.addressRange: found '10.98.0.0/24'; allowed: a range of private IPv4 addresses from /16 to /23, such as 10.98.0.0/23"],
  ['a public range', withAzure().replace('{}', '{ addressRange: 8.8.0.0/16 }'), "4:25: egress.addressRange: found '8.8.0.0/16'; allowed: a range of private IPv4 addresses from /16 to /23, such as 10.98.0.0/23"],
  ['a service that does not exist', withAzure('service: scaleway', 'service: scalway'), "14:16: providers.declared[1].service: found 'scalway'; allowed: azure, mistral, google, scaleway, ovhcloud, ionos, stackit; did you mean 'scaleway'?"],
  ['OpenAI as a declared provider', withAzure('service: scaleway', 'service: openai'), "14:16: providers.declared[1].service: found 'openai'; allowed: azure, mistral, google, scaleway, ovhcloud, ionos, stackit"],
  ['a reserved name', withAzure('name: paris', 'name: vpc'), "13:13: providers.declared[1].name: found 'vpc', which names destinations of another kind; choose a name such as 'vpc-eu'"],
  ['a name in upper case', withAzure('name: paris', 'name: Paris'), "13:13: providers.declared[1].name: found 'Paris'; allowed: lower-case letters, digits and single hyphens, beginning with a letter, at most 32 characters; did you mean 'paris'?"],
  ['two providers of one name', withAzure('name: paris', 'name: azure-eu'), "13:13: providers.declared[1].name: found 'azure-eu' a second time; give each provider its own name"],
  ['Azure without a resource', withAzure('      resource: contoso-eu\n', ''), "7:7: providers.declared[0].resource: is missing; the service 'azure' needs it; for example 'resource: contoso-eu'"],
  ['a resource in another form', withAzure('resource: contoso-eu', 'resource: Contoso_EU'), "9:17: providers.declared[0].resource: found 'Contoso_EU'; allowed: the name of an Azure resource, in lower case"],
  ['a reserved name that a destination uses', withAzure('name: paris', 'name: openai', 'provider: openai\n        model: m'), "13:13: providers.declared[1].name: found 'openai', which names destinations of another kind; choose a name such as 'openai-eu'"],
  ['a reserved name that a destination nearly uses', withAzure('name: paris', 'name: openai', 'provider: opena\n        model: m'), "13:13: providers.declared[1].name: found 'openai', which names destinations of another kind; choose a name such as 'openai-eu'", "19:19: models[0].destinations[1].provider: found 'opena', which 'providers.declared' doesn't declare; allowed: azure-eu"],
  ['a model with a space', withAzure('', '', 'provider: paris\n        model: gpt eu'), "20:16: models[0].destinations[1].model: found 'gpt eu'; allowed: the name of a model on that server or at that provider"],
  ['a provider in upper case', withAzure('', '', 'provider: Paris\n        model: m'), "19:19: models[0].destinations[1].provider: found 'Paris', which 'providers.declared' doesn't declare; allowed: azure-eu, paris; did you mean 'paris'?"],
  ['a reserved name without a declaration', file('provider: vpc\n        model: m', 'egress: {}\n'), "9:19: models[0].destinations[1].provider: found 'vpc', which names destinations of another kind; write 'server: <URL>'"],
  ['keys of Azure elsewhere', withAzure('service: scaleway', 'service: scaleway\n      resource: a\n      maxCheckAge: 30d'), "15:7: providers.declared[1].resource: belongs to the service 'azure', and this provider's is 'scaleway'; remove it", "16:7: providers.declared[1].maxCheckAge: belongs to the service 'azure', and this provider's is 'scaleway'; remove it"],
  ['an acceptance of nothing', withAzure('service: scaleway', 'service: scaleway\n      acceptsWiderEurope: { reason: r }'), "15:7: providers.declared[1].acceptsWiderEurope: belongs to services whose Europe is wider than the EU ('azure', 'mistral'), and that of 'scaleway' isn't; remove it"],
  ['a contract without its name', withAzure('service: scaleway', 'service: scaleway\n      zeroRetention: true'), "15:22: providers.declared[1].zeroRetention: found true; allowed: a mapping with 'contract'"],
  ['one deployment twice', withAzure('deployments: [', 'deployments: [{ name: gpt-5-4-eu, sku: Standard, model: a }, '), "12:76: providers.declared[0].deployments[1].name: found 'gpt-5-4-eu' a second time; remove one of them"],
  ['a Global SKU', withAzure('DataZoneStandard', 'GlobalStandard'), "19:19: models[0].destinations[1].provider: found 'azure-eu' with the model 'gpt-5-4-eu', but Azure processes deployment 'gpt-5-4-eu' of SKU 'GlobalStandard' in any Azure region (as of 2026-08-06); deploy the model with SKU DataZoneStandard or DataZoneProvisionedManaged or Standard or ProvisionedManaged"],
  ['a wider Europe that is not accepted', withAzure('      acceptsWiderEurope: { reason: Our DPO accepts it, approver: dpo@example.eu }\n', ''), "18:19: models[0].destinations[1].provider: found 'azure-eu' with the model 'gpt-5-4-eu', but 'contoso-eu.openai.azure.com' processes data in Data Zone EUR = EU Data Boundary; by the list of May 2026 also Norway and Switzerland (as of 2026-03-19), which is wider than the EU; accept it with 'acceptsWiderEurope: { reason: ... }' of provider 'azure-eu', or remove the destination"],
  ['an age in years', withAzure('      deployments', '      maxCheckAge: 2y\n      deployments'), "12:20: providers.declared[0].maxCheckAge: found '2y'; allowed: a number of days such as 90d, at most 365d"],
  ['an undeclared provider', withAzure('', '', 'provider: pariss\n        model: m'), "19:19: models[0].destinations[1].provider: found 'pariss', which 'providers.declared' doesn't declare; allowed: azure-eu, paris; did you mean 'paris'?"],
  ['a provider without any declaration', file('provider: paris\n        model: m', 'egress: {}\n'), "9:19: models[0].destinations[1].provider: found 'paris', which 'providers.declared' doesn't declare; add 'providers: { declared: [{ name: paris, service: <service> }] }'"],
  ['OpenAI named as a provider', withAzure('', '', 'provider: openai\n        model: gpt-5.4'), "19:19: models[0].destinations[1].provider: found 'openai', which isn't declared as a provider; write 'openai: <model>' without 'model'"],
  ['a provider without a model', withAzure('', '', 'provider: paris'), '19:9: models[0].destinations[1].model: is missing; allowed: the name of a model at that provider'],
  ['a model of Bedrock with a kind', withAzure('', '', `${SECOND}\n        kind: chat\n      - provider: paris\n        model: m`), "20:9: models[0].destinations[1].kind: belongs to a destination with 'server' or 'provider'; remove it, or add 'server' or 'provider'"],
  ['the addresses of a provider', withAzure('', '', 'provider: paris\n        model: m\n        addresses: [10.0.0.0/16]'), "21:9: models[0].destinations[1].addresses: belongs to a destination with 'server'; remove it, or add 'server'"],
  ['one model twice', withAzure('', '', 'provider: paris\n        model: m\n      - provider: paris\n        model: m'), "21:9: models[0].destinations[2]: found 'paris/m' a second time; remove one of them"],
  ['Google, whose tokens are short-lived', withAzure('service: scaleway', 'service: google', 'provider: paris\n        model: m'), "19:19: models[0].destinations[1].provider: found 'paris' with the model 'm', but 'aiplatform.eu.rep.googleapis.com' accepts only short-lived tokens, and this version doesn't obtain any; use another provider"],
  ['companies under the law of another country', file('openai: gpt-5.4', `${TERMS}egress: {}\nproviders: { euOwnedOnly: true }\n`), `10:18: models[0].destinations[0].bedrock: found 'eu.anthropic.claude-sonnet-4-6', but ${LAW} Amazon Web Services EMEA SARL ${FIX}`, `11:17: models[0].destinations[1].openai: found 'gpt-5.4', but ${LAW} OpenAI Ireland Limited ${FIX}`],
])('%s is refused', (_, text, ...lines) => {
  expect(linesOf(text)).toEqual(lines.map((line) => `residency.yaml:${line}`));
});

describe('caching: false', () => {
  const without = (text: string) => text.replace('  - id: assistant\n', '  - id: assistant\n    caching: false\n');
  const DAY =
    "caches prompts of 'gpt-5.5' for up to 24 hours, not only in memory, and no request can prevent it (as of 2026-12-01)";
  const FIX = "models before gpt-5.5 can be limited to a cache in memory; or remove 'caching: false'";
  const openAi = (model: string) => file(`openai: ${model}`, `${TERMS}egress: {}\n`);
  const azure = (model: string) => withAzure('model: gpt-5.4', `model: ${model}`);

  test.each([
    [
      'OpenAI',
      openAi('gpt-5.5'),
      `models[0].destinations[1].openai: found 'gpt-5.5' in a model with 'caching: false', but OpenAI ${DAY}; ${FIX}`,
    ],
    [
      'Azure, by the model of the deployment',
      azure('gpt-5.5'),
      `models[0].destinations[1].model: found 'gpt-5-4-eu' in a model with 'caching: false', but Azure ${DAY}; ${FIX}`,
    ],
  ])('is refused with a model that caches for a day at %s', (_, text, problem) => {
    expect(linesOf(text)).toEqual([]);
    expect(linesOf(without(text)).map((line) => line.replace(/^residency\.yaml:\d+:\d+: /, ''))).toEqual([problem]);
  });

  test.each([
    ['OpenAI', openAi('gpt-5.4')],
    ['Azure', azure('gpt-5.4')],
    ['Azure, by an unknown deployment', withAzure('name: gpt-5-4-eu', 'name: other')],
  ])('is no mistake with another model at %s', (_, text) => {
    expect(without(text)).not.toBe(text);
    expect(linesOf(without(text))).toEqual(linesOf(text).map((line) => expect.stringContaining(line.slice(-40))));
  });
});

test('only companies under EU law, and servers of the network, are a complete deployment', () => {
  const text = edited(
    'bedrock: eu.anthropic.claude-sonnet-4-6',
    'server: http://vllm.internal/v1\n        model: m\n        addresses: [10.0.3.0/24]',
    withAzure('declared:', 'euOwnedOnly: true\n  declared:', 'provider: paris\n        model: m'),
  );
  expect(linesOf(text)).toEqual([]);
  expect(deploymentOf(text)?.providers?.euOwnedOnly).toBe(true);
});

describe('a project', () => {
  const withProject = (from: string, to: string, destination?: string) =>
    withAzure(from, to, destination).replace('alerts:', () => `${PROJECTS}alerts:`);

  test('may use a provider that retains nothing of any customer', () => {
    expect(linesOf(withProject('service: scaleway', 'service: stackit', 'provider: paris\n        model: m'))).toEqual(
      [],
    );
  });

  test.each<[string, string, string, string | undefined, RegExp]>([
    [
      'a claimed SKU',
      '      deployments',
      '      zeroRetention: { contract: M-1 }\n      deployments',
      undefined,
      /found 'assistant', which 'azure-eu\/gpt-5-4-eu' may serve, but a project requires a recent check result, and no check result confirms the SKU of deployment 'gpt-5-4-eu' of 'azure-eu', which only its owner claims; let 'eu-residency doctor --azure' read /,
    ],
    [
      'a provider that retains content',
      '',
      '',
      'provider: paris\n        model: m',
      /found 'assistant', which 'paris\/m' may serve, but a project requires that nothing is retained, and Scaleway retains the content that it receives for up to 14 days/,
    ],
  ])('is refused with %s', (_, from, to, destination, text) => {
    const lines = linesOf(withProject(from, to, destination));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^residency\.yaml:\d+:\d+: projects\[0\]\.models\[0\]: /);
    expect(lines[0]).toMatch(text);
  });
});
