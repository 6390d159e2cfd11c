import {
  isAddress,
  isRangeWithin,
  isWithin,
  LOOPBACK_RANGES,
  PRIVATE_RANGES,
  parseRange,
} from '@/lib/boundary/address';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { providerOf } from '@/lib/boundary/provider-of';
import { decideOpenAi, decideServer } from '@/lib/boundary/server';
import { ON_DEMAND_MODELS } from '@/lib/facts/generated/on-demand-models';
import { PROFILES } from '@/lib/facts/generated/profiles';

const eu = ResidencyBoundary.eu();

test.each([
  ['10.0.0.1', true],
  ['10.255.255.255', true],
  ['172.16.0.0', true],
  ['172.31.255.255', true],
  ['192.168.1.1', true],
  ['fc00::1', true],
  ['fdff:ffff::', true],
  ['FD00::A', true],
  ['9.255.255.255', false],
  ['11.0.0.0', false],
  ['172.15.255.255', false],
  ['172.32.0.0', false],
  ['192.169.0.0', false],
  ['127.0.0.1', false],
  ['169.254.169.254', false],
  ['0.0.0.0', false],
  ['fd00:1:2:3:4:5:6:7', true],
  ['fd00:1:2:3:4:5:6::', true],
  ['fd00:1:2:3:4:5:6:7::', false],
  ['::1', false],
  ['fe80::1', false],
  ['fbff::1', false],
  ['2001:db8::1', false],
  ['::ffff:10.0.0.1', false],
  ['::ffff:a00:1', false],
  ['010.0.0.1', false],
  ['10.0.0.256', false],
  ['10.1', false],
  ['1:2:3:4:5:6:7:8:9', false],
  ['fd00:::1', false],
  ['vllm.internal', false],
  ['', false],
])('%s is private: %s', (address, expected) => {
  expect(isWithin(address, PRIVATE_RANGES)).toBe(expected);
});

test.each(['10.0.0.0/33', '10.0.0.1/8', '10.0.0.0', '10.0.0.0/', '10.0.0.0/8/8', 'fd00::/129', 'a/8', '/8'])(
  "%s isn't a range",
  (text) => expect(parseRange(text)).toBeUndefined(),
);

test('a range is within another only if all of it is', () => {
  expect(isRangeWithin('10.2.0.0/16', PRIVATE_RANGES)).toBe(true);
  expect(isRangeWithin('10.0.0.0/7', PRIVATE_RANGES)).toBe(false);
  expect(isRangeWithin('0.0.0.0/0', PRIVATE_RANGES)).toBe(false);
  expect(isRangeWithin('fd00::/8', PRIVATE_RANGES)).toBe(true);
  expect(isRangeWithin('::/0', PRIVATE_RANGES)).toBe(false);
});

test("names aren't addresses", () => {
  expect(['10.0.0.1', '::1', 'localhost', 'a.b', 'dead.beef'].filter(isAddress)).toEqual(['10.0.0.1', '::1']);
});

const at = (url: string, addresses?: string[]) =>
  decideServer({ url, model: 'm', kind: 'text', addresses, region: 'eu-central-1' });

test.each([
  'http://vllm.internal/v1',
  'https://10.0.0.7:8443/v1',
  'http://[fd00::7]:8000/v1',
  'http://[fd00:0:0::7]:8000/v1',
  'http://vllm:8000',
  'http://vllm_1.internal.:8000/v1',
  'http://xn--grn-hoa.internal/v1',
  'http://127.0.0.1:8000/v1',
  'http://localhost:8000/v1',
])('%s may be called', (url) => {
  expect(at(url).inside).toBe(true);
});

test.each([
  'http://1.1.1.1/v1',
  'http://169.254.169.254/v1',
  'http://[2001:db8::1]/v1',
  'http://[::ffff:1.1.1.1]/v1',
  'http://0.0.0.0/v1',
  'http://010.0.0.5:8000/v1',
  'http://134744072',
  'http://0x08080808',
  'http://8.8.2056',
  'http://10.1',
  'http://[fd00:::1]',
  'http://xn--a',
  'http://VLLM.internal/v1',
  'http://user@vllm.internal/v1',
  'http://vllm.internal/v1?x=1',
  'http://vllm.internal/v1#x',
  'http://vllm.internal/../v1',
  'http://vllm.internal:99999/v1',
  'ftp://vllm.internal/v1',
  'vllm.internal/v1',
  'http://',
])('%s is refused', (url) => {
  expect(at(url).inside).toBe(false);
});

test('only a URL that names the local machine may use its addresses', () => {
  const decision = at('http://vllm.internal/v1', LOOPBACK_RANGES);
  expect(decision).toMatchObject({ inside: false, reason: 'outside' });
});

const TERMS = { reason: 'r', zeroRetention: true, schemasMayLeave: false };
test.each([
  ['eu', TERMS, false, true, undefined],
  ['eea', TERMS, false, true, undefined],
  ['eu', undefined, true, false, 'outside'],
  ['eea', undefined, true, false, 'outside'],
  ['DE', TERMS, true, false, 'outside'],
  ['eu-central-1', TERMS, true, false, 'outside'],
  ['eu', { ...TERMS, zeroRetention: false }, false, false, 'keeps-content'],
  ['eu', { ...TERMS, zeroRetention: false }, true, true, undefined],
])('OpenAI inside %s with the terms %j', (name, terms, keepsContent, inside, reason) => {
  const decision = decideOpenAi(ResidencyBoundary.parse(name), 'gpt-5.2', terms, keepsContent);
  expect(decision.inside).toBe(inside);
  if (!decision.inside) expect(decision.reason).toBe(reason);
});

test.each([
  ['gpt-5.4', true],
  ['gpt-5.4-mini-2026-03-17', true],
  ['gpt-5-mini', true],
  ['gpt-4.1', true],
  ['gpt-4o', true],
  ['o4-mini', true],
  ['gpt-5.5', false],
  ['gpt-5.10', false],
  ['gpt-5.6-terra', false],
  ['gpt-6', false],
  ['gpt-10.1', false],
  ['ft:gpt-5.5:our-company::abc', false],
])("'%s' serves projects (%s) by whether its cache can be limited to memory", (model, serves) => {
  const decision = decideOpenAi(eu, model, TERMS, false);
  expect(decision).toMatchObject(serves ? { inside: true } : { reason: 'keeps-content' });
  // A workspace's content may be retained.
  expect(decideOpenAi(eu, model, TERMS, true).inside).toBe(true);
});

test('OpenAI is called at one host for every model', () => {
  const decision = decideOpenAi(eu, '../../x@api.openai.com', TERMS, false);
  expect(decision.inside && new URL(decision.destination.baseUrl).host).toBe('eu.api.openai.com');
});

test('the ID of a destination names its provider', () => {
  const decisions = [
    at('http://vllm.internal/v1'),
    decideOpenAi(eu, 'm', { reason: 'r', zeroRetention: true, schemasMayLeave: false }, false),
  ];
  for (const decision of decisions) {
    if (!decision.inside) throw new Error(decision.detail);
    expect(providerOf(decision.destination.id)).toBe(decision.destination.provider);
  }
  const ids = [...ON_DEMAND_MODELS.map(({ modelId }) => modelId), ...PROFILES.map(({ id }) => id)];
  expect(ids.filter((id) => providerOf(id) !== 'bedrock')).toEqual([]);
  expect(ids.filter((id) => id.includes('/'))).toEqual([]);
});
