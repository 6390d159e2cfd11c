import fc from 'fast-check';
import { ON_DEMAND_MODELS } from '@/lib/facts/generated/on-demand-models';
import { PROFILES } from '@/lib/facts/generated/profiles';
import { REGIONS } from '@/lib/facts/generated/regions';
import { HELLO } from './gateway';

/** Where nothing may go. */
export const AWAY = 'https://bedrock-runtime.us-east-1.amazonaws.com';
/** Every model and profile that the facts hold. */
export const IDS = [...PROFILES.map(({ id }) => id), ...ON_DEMAND_MODELS.map(({ modelId }) => modelId)];

export const region = fc.constantFrom(...REGIONS.map(({ code }) => code), 'eu-central1', '*', '');
export const id = fc.oneof(fc.constantFrom(...IDS), fc.string());
export const arn = fc
  .tuple(
    fc.constantFrom('aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'),
    region,
    fc.constantFrom('', '123456789012', '*'),
    fc.constantFrom('foundation-model', 'inference-profile', 'application-inference-profile', 'prompt-router'),
    id,
  )
  .map(([partition, where, account, kind, name]) => `arn:${partition}:bedrock:${where}:${account}:${kind}/${name}`);
const spelled = fc
  .tuple(
    fc.constantFrom('assistant', 'embed', ...IDS),
    fc.constantFrom(
      (text: string) => text.toUpperCase(),
      (text: string) => ` ${text}`,
      (text: string) => `${text}\n`,
      (text: string) => `${text}@us-east-1`,
      (text: string) => `../${text}`,
      (text: string) => encodeURIComponent(`${AWAY}/${text}`),
    ),
  )
  .map(([text, change]) => change(text));
const model = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('assistant', 'assistant', 'embed') },
  fc.constant(AWAY),
  id,
  arn,
  spelled,
);

const header = fc.tuple(
  fc.constantFrom(
    'host',
    'x-forwarded-host',
    'forwarded',
    'x-amz-region',
    'x-amz-target',
    'location',
    'x-residency-region',
    'x-portkey-custom-host',
    'authorization',
    'proxy-authorization',
  ),
  fc.constantFrom('us-east-1', AWAY, 'example.com', 'host=example.com', 'Bearer x'),
);
const headers = fc.array(header).map((list) => Object.fromEntries(list));
const smuggled = fc.dictionary(
  fc.constantFrom('region', 'endpoint', 'base_url', 'api_base', 'destination', 'fallbacks', 'user'),
  fc.oneof(fc.constantFrom(AWAY, 'us-east-1'), arn),
  { maxKeys: 1 },
);
const extra = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: smuggled });
const host = fc.constantFrom(
  'gateway.test',
  'bedrock-runtime.us-east-1.amazonaws.com',
  'api.openai.com',
  '169.254.169.254',
);
const kind = fc.constantFrom<readonly [path: string, body: Record<string, unknown>]>(
  ['chat/completions', HELLO],
  ['chat/completions', { ...HELLO, stream: true }],
  ['responses', { input: 'hello' }],
  ['responses', { input: 'hello', stream: true }],
  ['embeddings', { input: ['hello', 'you'] }],
  ['embeddings/../files', { input: 'hello' }],
);
/** A request that tries to leave the boundary, with the model that it names. */
export const asked = fc
  .record({ kind, model, headers, extra, host })
  .map(({ kind: [path, body], model: name, headers: head, extra: more, host: where }) => ({
    name,
    request: new Request(`https://${where}/v1/${path}`, {
      method: 'POST',
      headers: { ...head, 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, ...more, model: name }),
    }),
  }));
const outcome = fc.oneof(
  fc.constantFrom(200, 301, 302, 307, 308, 400, 403, 404, 408, 424, 429, 500, 502, 503, 529),
  fc.constantFrom('ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPROTO', 'EPIPE'),
);
/** How destinations fail, one call after the other: a status, or the code of an error. */
export const outcomes = fc.array(outcome, { maxLength: 6 });
