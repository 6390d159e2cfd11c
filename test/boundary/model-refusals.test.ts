import { throughApi } from '@/lib/boundary/bedrock-api';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { decideGuardrail, guardrailRegions, whyUnguarded } from '@/lib/boundary/guardrail';
import { withFurtherRegions } from '@/lib/boundary/profile-row';
import { mayServeWithoutRetention } from '@/lib/boundary/retention';
import { decideOpenAi, decideServer } from '@/lib/boundary/server';
import { PACKAGED } from '@/lib/facts/packaged';
import { type Told, told } from './support/told';

const EU = ResidencyBoundary.eu();
const GERMANY = ResidencyBoundary.countries('DE');
const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const ARN = 'arn:aws:bedrock:eu-central-1:111122223333:';
const TERMS = { reason: 'r', zeroRetention: true, schemasMayLeave: true };
const GUARDRAIL = { id: 'gr1', version: '1', region: 'eu-central-1' };
const from = (region: string, target: string, account?: string) => decideDestination(EU, region, target, account);
const server = (url: string, addresses?: string[]) =>
  decideServer({ url, model: 'm', kind: 'text', region: 'eu-central-1', addresses });

// biome-ignore format: one row a line
test.each<[string, () => Told, string]>([
  ['through a profile', () => from('eu-central-1', SONNET), 'inside (destination eu-central-1 DE)'],
  ['called from another Region than its ARN says', () => from('eu-west-1', `${ARN}inference-profile/${SONNET}`), "malformed (arn eu-central-1 DE): 'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.claude-sonnet-4-6' belongs to eu-central-1, but is called from eu-west-1"],
  ['called from a Region outside, by an ARN inside', () => from('eu-west-2', 'arn:aws:bedrock:eu-central-1::foundation-model/x'), "outside (region eu-west-2 GB): 'eu-west-2' is in London (GB), outside the EU; use one of REGIONS"],
  ['by an ARN of another kind', () => from('eu-central-1', 'arn:aws:bedrock:eu-central-1::agent/x'), "opaque (arn eu-central-1 DE): 'arn:aws:bedrock:eu-central-1::agent/x' is neither a foundation model nor an inference profile"],
  ['by an ARN of something above a model', () => from('eu-central-1', 'arn:aws:bedrock:eu-central-1::x/foundation-model/y'), "opaque (arn eu-central-1 DE): 'arn:aws:bedrock:eu-central-1::x/foundation-model/y' is neither a foundation model nor an inference profile"],
  ['by an ARN of an unknown caller', () => from('eu-central-1', `${ARN}inference-profile/${SONNET}`), "opaque (arn eu-central-1 DE): 'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.claude-sonnet-4-6' belongs to account 111122223333, and the calling account is unknown; name the profile by its id, 'eu.anthropic.claude-sonnet-4-6'"],
  ['by an ARN of another account', () => from('eu-central-1', `${ARN}inference-profile/${SONNET}`, '444455556666'), "opaque (arn eu-central-1 DE): 'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.claude-sonnet-4-6' belongs to account 111122223333, but is called by 444455556666; name the profile by its id, 'eu.anthropic.claude-sonnet-4-6'"],
  ['by the ARN of an unknown profile', () => from('eu-central-1', `${ARN}inference-profile/us.acme.model-v1`, '111122223333'), "unknown (arn): profile 'us.acme.model-v1' is unknown; INSTEAD from eu-central-1"],
  ['that is a guardrail profile', () => from('eu-central-1', 'eu.guardrail.v1:0'), "unknown (destination eu-central-1 DE): 'eu.guardrail.v1:0' is a guardrail profile, which doesn't answer prompts"],
  ['that is unknown', () => from('eu-central-1', 'acme.model-1'), "unknown (unknown): the facts contain no model or profile 'acme.model-1'; INSTEAD from eu-central-1"],
  ['that is unknown, from an unknown Region', () => from('nowhere-1', 'acme.model-1'), "unknown (unknown): the facts contain no model or profile 'acme.model-1'; the facts contain no model that stays inside the EU from nowhere-1"],
  ['that the Region serves by a profile only', () => from('eu-central-1', 'anthropic.claude-sonnet-4-6'), "not-served (destination eu-central-1 DE): eu-central-1 doesn't serve 'anthropic.claude-sonnet-4-6' itself; use 'eu.anthropic.claude-sonnet-4-6', which stays inside the boundary"],
  ['that another Region serves', () => from('eu-central-1', 'cohere.embed-v4:0'), "not-served (destination eu-central-1 DE): eu-central-1 doesn't serve 'cohere.embed-v4:0' itself; inside the EU, these Regions serve it: eu-west-1"],
  ['that no Region of the boundary serves', () => decideDestination(GERMANY, 'eu-central-1', 'cohere.embed-v4:0'), "not-served (destination eu-central-1 DE): eu-central-1 doesn't serve 'cohere.embed-v4:0' itself; INSTEAD from eu-central-1"],
  ['that a Region outside serves', () => from('eu-west-2', 'openai.gpt-oss-120b-1:0'), "outside (destination eu-west-2 GB): 'eu-west-2' is in London (GB), outside the EU; use one of REGIONS"],
  ['that has ended', () => from('eu-central-1', 'eu.anthropic.claude-3-5-sonnet-20240620-v1:0'), "ended (destination eu-central-1 DE): 'eu.anthropic.claude-3-5-sonnet-20240620-v1:0' ended on 2026-03-01; INSTEAD from eu-central-1"],
  ['whose routes are unknown', () => from('eu-central-1', 'eu.anthropic.claude-opus-5'), "no-route (destination eu-central-1 DE): the destinations of 'eu.anthropic.claude-opus-5' called from eu-central-1 are unknown; INSTEAD from eu-central-1"],
  ['whose routes are known from elsewhere', () => from('eusc-de-east-1', SONNET), "no-route (destination eusc-de-east-1 DE): the destinations of 'eu.anthropic.claude-sonnet-4-6' called from eusc-de-east-1 are unknown; they are known from REGIONS"],
  ['whose routes are disputed', () => from('eu-central-1', 'eu.openai.gpt-5.6-terra'), "unreliable (destination eu-central-1 DE): no reliable source confirms where 'eu.openai.gpt-5.6-terra' routes to; INSTEAD from eu-central-1"],
  ['whose routes are for the world', () => from('eu-central-1', 'global.anthropic.claude-sonnet-4-6'), "anywhere (destination): 'global.anthropic.claude-sonnet-4-6' may be processed in any commercial Region of the world; use 'eu.anthropic.claude-sonnet-4-6', which stays inside the boundary"],
  ['whose profile is unknown', () => from('eu-central-1', 'global.anthropic.claude-next'), "unknown (unknown): profile 'global.anthropic.claude-next' is unknown; INSTEAD from eu-central-1"],
  ['that is processed outside when called from there', () => from('eu-west-2', SONNET), `routes-outside (destination eu-west-2 GB): '${SONNET}' called from eu-west-2 may be processed in eu-west-2, London (GB), outside the EU; it stays inside the boundary when called from REGIONS`],
  ['that is processed outside', () => decideDestination(GERMANY, 'eu-central-1', SONNET), "routes-outside (destination eu-central-1 DE): 'eu.anthropic.claude-sonnet-4-6' called from eu-central-1 may be processed in eu-north-1, Stockholm (SE); eu-south-1, Milan (IT); eu-south-2, Spain (Aragon) (ES); eu-west-1, Ireland (Dublin) (IE); eu-west-3, Paris (FR), outside DE; it stays inside the boundary from no Region; INSTEAD from eu-central-1"],
  ['that the provider routes outside', () => withFurtherRegions(EU, from('eu-central-1', SONNET), ['us-east-1', 'eu-west-2', 'eu-west-2']), "routes-outside (destination eu-central-1 DE): 'eu.anthropic.claude-sonnet-4-6' called from eu-central-1 may be processed in eu-west-2, London (GB); us-east-1, N. Virginia (US), outside the EU, as the provider itself stated"],
  ['by an API for chats, without any', () => throughApi(EU, from('eu-central-1', 'amazon.titan-embed-text-v2:0'), 'chat-completions'), "not-served (destination eu-central-1 DE): 'amazon.titan-embed-text-v2:0' is a model of the kind 'embedding', and the API 'chat-completions' serves only chats; remove 'api'"],
])('a model: %s', (_, decide, expected) => expect(told(decide())).toBe(expected));

// biome-ignore format: one row a line
test.each<[string, () => Told, string]>([
  ['nothing', () => mayServeWithoutRetention(PACKAGED, 'openai.gpt-oss-120b-1:0'), 'inside (destination)'],
  ['nothing, by an API of which that is not known', () => mayServeWithoutRetention(PACKAGED, 'openai.gpt-oss-120b-1:0', 'chat-completions'), "unreliable (destination): no reliable source confirms that nothing of requests is retained under the retention mode 'none' by the API 'chat-completions'"],
  ['unknown', () => mayServeWithoutRetention(PACKAGED, 'acme.model-1'), "unknown (destination): what the provider of 'acme.model-1' retains is unknown"],
  ['of everything', () => mayServeWithoutRetention(PACKAGED, 'anthropic.claude-fable-5'), "keeps-content (destination): the provider of 'anthropic.claude-fable-5' may retain all traffic for up to 30 days (as of DATE)"],
  ['without a reliable source', () => mayServeWithoutRetention(PACKAGED, 'amazon.nova-2-pro-preview-20251202-v1:0'), "unreliable (destination): no reliable source confirms what the provider of 'amazon.nova-2-pro-preview-20251202-v1:0' retains"],
])('retention: %s', (_, decide, expected) => expect(told(decide())).toBe(expected));

// biome-ignore format: one row a line
test.each<[string, () => Told, string]>([
  ['accepted', () => decideOpenAi(EU, 'm', TERMS, false), 'inside (host)'],
  ['not accepted', () => decideOpenAi(EU, 'm', undefined, true), "outside (host): 'eu.api.openai.com' processes data in the EEA and Switzerland, by the provider's own table (as of DATE), which is wider than the EU; accept it with 'openai: { acceptsWiderEurope: { reason: ... } }', or remove the destination"],
  ['not accepted, and content is not kept', () => decideOpenAi(EU, 'm', undefined, false), "outside (host): 'eu.api.openai.com' processes data in the EEA and Switzerland, by the provider's own table (as of DATE), which is wider than the EU; accept it with 'openai: { acceptsWiderEurope: { reason: ... } }', or remove the destination"],
  ['for a boundary that can not be widened', () => decideOpenAi(GERMANY, 'm', TERMS, true), "outside (host): 'eu.api.openai.com' processes data in the EEA and Switzerland, by the provider's own table (as of DATE), which is wider than DE and can't be accepted there"],
  ['without a promise of zero retention', () => decideOpenAi(EU, 'm', { ...TERMS, zeroRetention: false }, false), "keeps-content (host): OpenAI retains the content that it receives for up to 30 days, unless it has promised a customer zero retention (as of DATE); if it has promised you, set 'openai: { zeroRetention: true }'"],
])('OpenAI: %s', (_, decide, expected) => expect(told(decide())).toBe(expected));

// biome-ignore format: one row a line
test.each<[string, () => Told, string]>([
  ['with the highest port', () => server('http://x:65535/v1'), 'inside (host)'],
  ['with a port above', () => server('http://x:65536/v1'), 'malformed (host): it must be an http:// or https:// URL with a lower-case host and without user information, query or fragment'],
  ['of another scheme', () => server('ftp://x'), 'malformed (host): it must be an http:// or https:// URL with a lower-case host and without user information, query or fragment'],
  ['with something before the scheme', () => server('x http://x'), 'malformed (host): it must be an http:// or https:// URL with a lower-case host and without user information, query or fragment'],
  ['with a step of dots', () => server('http://x/.../v1'), 'malformed (host): it must be an http:// or https:// URL with a lower-case host and without user information, query or fragment'],
  ['that clients read as another host', () => server('http://010.0.0.5'), "malformed (host): HTTP clients read '010.0.0.5' as another host: write an address as four numbers without leading zeros, or use a name"],
  ['at an address that is not allowed', () => server('http://10.0.0.7', ['10.1.0.0/16']), "outside (host): '10.0.0.7' isn't in the allowed ranges 10.1.0.0/16"],
  ['at an address that is allowed', () => server('http://10.1.0.7', ['10.1.0.0/16']), 'inside (host)'],
  ['with a public range', () => server('http://x', ['10.1.0.0/16', '11.0.0.0/8']), "outside (host): '11.0.0.0/8' isn't a range of private addresses: use one within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7"],
])('a server: %s', (_, decide, expected) => expect(told(decide())).toBe(expected));

// biome-ignore format: one row a line
test.each<[string, () => Told, string]>([
  ['by its ID', () => decideGuardrail(EU, GUARDRAIL), 'inside'],
  ['by its ARN', () => decideGuardrail(EU, { ...GUARDRAIL, id: `${ARN}guardrail/gr1` }, '111122223333'), 'inside'],
  ['by the ARN of an unknown caller', () => decideGuardrail(EU, { ...GUARDRAIL, id: `${ARN}guardrail/gr1` }), "opaque (region eu-central-1 DE): 'arn:aws:bedrock:eu-central-1:111122223333:guardrail/gr1' belongs to account 111122223333, and the calling account is unknown; use a guardrail of the calling account, by its ID, such as 'gr1'"],
  ['by the ARN of another account', () => decideGuardrail(EU, { ...GUARDRAIL, id: `${ARN}guardrail/gr1` }, '444455556666'), "opaque (region eu-central-1 DE): 'arn:aws:bedrock:eu-central-1:111122223333:guardrail/gr1' belongs to account 111122223333, but is used by 444455556666; use a guardrail of the calling account, by its ID, such as 'gr1'"],
  ['by the ARN of another Region', () => decideGuardrail(EU, { ...GUARDRAIL, region: 'eu-west-1', id: `${ARN}guardrail/gr1` }, '111122223333'), "outside (region eu-west-1 IE): 'arn:aws:bedrock:eu-central-1:111122223333:guardrail/gr1' belongs to 'eu-central-1', but checks calls in eu-west-1"],
  ['by the ARN of another kind', () => decideGuardrail(EU, { ...GUARDRAIL, id: `${ARN}agent/gr1` }, '111122223333'), "malformed (region eu-central-1 DE): 'arn:aws:bedrock:eu-central-1:111122223333:agent/gr1' isn't the ARN of a guardrail"],
  ['by the ARN of another service', () => decideGuardrail(EU, { ...GUARDRAIL, id: 'arn:aws:s3:eu-central-1:111122223333:guardrail/gr1' }, '111122223333'), "malformed (region eu-central-1 DE): 'arn:aws:s3:eu-central-1:111122223333:guardrail/gr1' isn't the ARN of a guardrail"],
  ['by the ARN of another partition', () => decideGuardrail(EU, { ...GUARDRAIL, id: 'arn:aws-eusc:bedrock:eu-central-1:111122223333:guardrail/gr1' }, '111122223333'), "malformed (arn eu-central-1 DE): 'arn:aws-eusc:bedrock:eu-central-1:111122223333:guardrail/gr1' combines partition aws-eusc with a Region of aws"],
  ['by the ARN of something above a guardrail', () => decideGuardrail(EU, { ...GUARDRAIL, id: `${ARN}agent/guardrail/gr1` }, '111122223333'), "malformed (region eu-central-1 DE): 'arn:aws:bedrock:eu-central-1:111122223333:agent/guardrail/gr1' isn't the ARN of a guardrail"],
  ['by a text that begins like an ARN', () => decideGuardrail(EU, { ...GUARDRAIL, id: 'arn:x' }), "malformed (region eu-central-1 DE): 'arn:x' isn't the ARN of a guardrail"],
  ['by another text', () => decideGuardrail(EU, { ...GUARDRAIL, id: 'GR1' }), "malformed (region eu-central-1 DE): 'GR1' is neither the ID nor the ARN of a guardrail"],
  ['in a Region outside', () => decideGuardrail(EU, { ...GUARDRAIL, region: 'eu-west-2' }), "outside (region eu-west-2 GB): 'eu-west-2' is in London (GB), outside the EU; use one of REGIONS"],
  ['in its draft', () => decideGuardrail(EU, { ...GUARDRAIL, version: 'DRAFT' }), "malformed (region eu-central-1 DE): 'DRAFT' isn't a version number: create a version and name it, because 'DRAFT' changes without a deployment"],
  ['in a version of nine digits', () => decideGuardrail(EU, { ...GUARDRAIL, version: '123456789' }), "malformed (region eu-central-1 DE): '123456789' isn't a version number: create a version and name it, because 'DRAFT' changes without a deployment"],
  ['with its profile', () => decideGuardrail(EU, { ...GUARDRAIL, profile: 'eu.guardrail.v1:0' }), 'inside'],
  ['with a profile of models', () => decideGuardrail(EU, { ...GUARDRAIL, profile: SONNET }), "malformed (region eu-central-1 DE): 'eu.anthropic.claude-sonnet-4-6' isn't a guardrail profile; use a guardrail with the profile 'eu.guardrail.v1:0', or leave out 'profile' and use a guardrail that has none, which evaluates content in eu-central-1 only"],
  ['with a profile of another geography', () => decideGuardrail(EU, { ...GUARDRAIL, profile: 'us.guardrail.v1:0' }), "no-route (destination eu-central-1 DE): the destinations of 'us.guardrail.v1:0' called from eu-central-1 are unknown; use a guardrail with the profile 'eu.guardrail.v1:0', or leave out 'profile' and use a guardrail that has none, which evaluates content in eu-central-1 only"],
])('a guardrail: %s', (_, decide, expected) => expect(told(decide())).toBe(expected));

test('an accepted destination of OpenAI says so', () => {
  const destinationOf = (model: string, terms = TERMS) => {
    const decision = decideOpenAi(EU, model, terms, true);
    return decision.inside && decision.destination;
  };
  expect(destinationOf('m')).toEqual({
    provider: 'openai',
    id: 'openai/m',
    modelId: 'm',
    kind: 'text',
    sourceRegion: 'eu.api.openai.com',
    regions: ['EEA', 'CH'],
    baseUrl: 'https://eu.api.openai.com/v1',
    schemasMayLeave: true,
    accepted: expect.stringMatching(
      /^'eu\.api\.openai\.com' processes data in .+ \(as of [\d-]+\); accepted because r$/,
    ),
  });
  expect(destinationOf('text-embedding-3-large')).toMatchObject({ kind: 'embedding' });
  expect(destinationOf('not-text-embedding-3', { ...TERMS, schemasMayLeave: false })).toMatchObject({
    kind: 'text',
    schemasMayLeave: false,
  });
});

test('a server is called at its URL without the last slash, at private addresses or at those of this machine', () => {
  const decision = server('http://vllm.internal:8000/v1/');
  const addresses = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];
  const destination = {
    provider: 'vpc',
    id: 'vpc/m',
    modelId: 'm',
    kind: 'text',
    sourceRegion: 'eu-central-1',
    regions: ['eu-central-1'],
    baseUrl: 'http://vllm.internal:8000/v1',
    addresses,
    schemasMayLeave: true,
  };
  expect(decision).toMatchObject({ inside: true, destination });
  const here = { inside: true, destination: { addresses: ['127.0.0.0/8', '::1/128'] } };
  for (const url of ['http://localhost:8000', 'http://127.0.0.1', 'http://[::1]/v1'])
    expect(server(url)).toMatchObject(here);
});

test('a guardrail evaluates content in its own Region, and in those of its profile', () => {
  expect(guardrailRegions(EU, GUARDRAIL)).toEqual(['eu-central-1']);
  expect(guardrailRegions(EU, { ...GUARDRAIL, profile: 'x' })).toEqual(['eu-central-1']);
  const regions = EU.regionCodes('aws');
  expect(guardrailRegions(EU, { ...GUARDRAIL, profile: 'eu.guardrail.v1:0' })).toEqual(regions);
  expect(decideGuardrail(EU, { ...GUARDRAIL, profile: 'eu.guardrail.v1:0' })).toEqual({
    inside: true,
    guardrail: { ...GUARDRAIL, profile: { id: 'eu.guardrail.v1:0', regions } },
  });
  const byArn = decideGuardrail(EU, { ...GUARDRAIL, id: `${ARN}guardrail/gr1` }, '111122223333');
  expect(byArn).toEqual({ inside: true, guardrail: GUARDRAIL });
});

test.each<[object, string | undefined]>([
  [{ provider: 'vpc' }, 'a guardrail checks only calls of models in Bedrock'],
  [
    { modelId: 'amazon.titan-embed-text-v2:0' },
    "a guardrail checks no embeddings; offer the model in a project of its own, without 'guardrail'",
  ],
  [
    { api: 'chat-completions' },
    "the gateway applies no guardrail to calls by the API 'chat-completions'; remove 'api', which uses Converse",
  ],
  [
    { sourceRegion: 'eu-west-1' },
    'it is called in eu-west-1, and a guardrail checks only calls in its own Region; name a guardrail in eu-west-1 too',
  ],
  [{}, undefined],
])('a destination with %j can be checked by a guardrail unless this says why not', (over, why) => {
  const destination = { provider: 'bedrock', modelId: 'openai.gpt-oss-120b-1:0', sourceRegion: 'eu-north-1', ...over };
  expect(whyUnguarded(EU, destination as never, ['eu-central-1', 'eu-north-1'])).toBe(why);
});
