import { readConfig } from '@/lib/config/load';
import { SERVED } from '@/lib/config/model/purpose';
import { edited, linesFrom } from './support';

const TERMS =
  'openai: { acceptsWiderEurope: { reason: Our DPO accepts it, approver: dpo@example.eu }, zeroRetention: true }\n';
const SECOND = 'bedrock: openai.gpt-oss-120b-1:0';
const served = (text: string) => readConfig(text, 'residency.yaml', SERVED);
const linesOf = (text: string) => linesFrom(() => served(text));
const second = (to: string, terms = '') => edited(SECOND, to).replace('models:', () => `${terms}models:`);
const destination = (text: string) => served(text).deployment?.models[0]?.destinations[1];

test('a model of OpenAI is accepted together with its wider Europe', () => {
  expect(destination(second('openai: gpt-5.2', TERMS))).toEqual({
    provider: 'openai',
    id: 'openai/gpt-5.2',
    modelId: 'gpt-5.2',
    kind: 'text',
    sourceRegion: 'eu.api.openai.com',
    regions: ['EEA', 'CH'],
    baseUrl: 'https://eu.api.openai.com/v1',
    schemasMayLeave: false,
    accepted:
      "'eu.api.openai.com' processes data in the EEA and Switzerland, by the provider's own table " +
      '(as of 2026-09); accepted because Our DPO accepts it (dpo@example.eu)',
  });
});

test('a server of the network is accepted', () => {
  const text = second(
    'server: http://vllm.internal:8000/v1/\n        model: BAAI/bge-m3\n        kind: embedding\n        addresses: [10.0.0.0/16]',
  );
  expect(destination(text)).toEqual({
    provider: 'vpc',
    id: 'vpc/BAAI/bge-m3',
    modelId: 'BAAI/bge-m3',
    kind: 'embedding',
    sourceRegion: 'eu-central-1',
    regions: ['eu-central-1'],
    baseUrl: 'http://vllm.internal:8000/v1',
    addresses: ['10.0.0.0/16'],
    schemasMayLeave: true,
  });
});

const server = (url: string, more = '') => second(`server: ${url}\n        model: m${more}`);
// biome-ignore format: one row a line
test.each<[string, string, string]>([
  ['OpenAI without its terms', second('openai: gpt-5.2'), "8:17: models[0].destinations[1].openai: found 'gpt-5.2', but 'eu.api.openai.com' processes data in the EEA and Switzerland, by the provider's own table (as of 2026-09), which is wider than the EU; accept it with 'openai: { acceptsWiderEurope: { reason: ... } }', or remove the destination"],
  ['OpenAI inside one country', second('openai: gpt-5.2', TERMS).replace('boundary: eu', 'boundary: [DE]').replace(/bedrock: eu\.\S+/, 'bedrock: zai.glm-4.7-flash'), "9:17: models[0].destinations[1].openai: found 'gpt-5.2', but 'eu.api.openai.com' processes data in the EEA and Switzerland, by the provider's own table (as of 2026-09), which is wider than DE and can't be accepted there"],
  ['no destination', second('kind: chat'), "8:9: models[0].destinations[1]: found a mapping with 'kind'; allowed: a mapping with exactly one of 'bedrock', 'openai', 'provider' and 'server'"],
  ['two destinations in one', second('openai: a\n        bedrock: b'), "8:9: models[0].destinations[1]: found a mapping with 'openai', 'bedrock'; allowed: a mapping with exactly one of 'bedrock', 'openai', 'provider' and 'server'"],
  ['an API of Bedrock with a server', second('server: http://vllm.internal/v1\n        model: m\n        api: chat-completions'), "10:9: models[0].destinations[1].api: belongs to a destination with 'bedrock'; remove it, or add 'bedrock'"],
  ['a Region of OpenAI', second('openai: gpt-5.2\n        region: eu-central-1', TERMS), "10:9: models[0].destinations[1].region: belongs to a destination with 'bedrock'; remove it, or add 'bedrock'"],
  ['a server without a model', second('server: http://vllm.internal/v1'), "8:9: models[0].destinations[1].model: is missing; allowed: the name of a model on that server"],
  ['a public address', server('http://8.8.8.8/v1'), "8:17: models[0].destinations[1].server: found 'http://8.8.8.8/v1', but '8.8.8.8' isn't in the allowed ranges 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7"],
  ['the metadata service', server('http://169.254.169.254/v1'), "8:17: models[0].destinations[1].server: found 'http://169.254.169.254/v1', but '169.254.169.254' isn't in the allowed ranges 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7"],
  ['a public range', server('http://vllm.internal/v1', '\n        addresses: [0.0.0.0/0]'), "8:17: models[0].destinations[1].server: found 'http://vllm.internal/v1', but '0.0.0.0/0' isn't a range of private addresses: use one within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7"],
  ['a URL with a user', server('http://a@b/v1'), "8:17: models[0].destinations[1].server: found 'http://a@b/v1', but it must be an http:// or https:// URL with a lower-case host and without user information, query or fragment"],
])('%s is refused', (_, text, line) => {
  expect(linesOf(text)).toEqual([`residency.yaml:${line}`]);
});

test('a project may use OpenAI only with zero data retention', () => {
  const text = second('openai: gpt-5.2', TERMS.replace(', zeroRetention: true', ''));
  expect(linesOf(text)).toEqual([
    expect.stringMatching(
      /^residency\.yaml:17:14: projects\[0\]\.models\[0\]: found 'assistant', which 'openai\/gpt-5\.2' may serve, but a project requires that nothing is retained, and OpenAI retains the content that it receives for up to 30 days, unless it has promised/,
    ),
  ]);
  expect(linesOf(text.slice(0, text.indexOf('projects:')))).toEqual([]);
});
