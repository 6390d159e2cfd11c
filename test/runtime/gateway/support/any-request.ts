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
    'x-api-key',
    'anthropic-version',
    'anthropic-beta',
    'anthropic-workspace-id',
  ),
  fc.constantFrom('us-east-1', AWAY, 'example.com', 'host=example.com', 'Bearer x', 'mcp-client-2025-11-20'),
);
const headers = fc.array(header).map((list) => Object.fromEntries(list));
/** Parts of a request that name another host. */
const REMOTE = [
  [{ type: 'url', url: AWAY, name: 'x' }],
  [{ type: 'web_fetch_20250910', name: 'web_fetch' }],
  [{ type: 'advisor_20260301', name: 'advisor', model: AWAY }],
  [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: AWAY } }] }],
  [{ role: 'user', content: [{ type: 'document', source: { type: 'url', url: AWAY } }] }],
  [{ role: 'user', content: [{ type: 'document', source: { type: 'file', file_id: AWAY } }] }],
  { user_id: AWAY },
  { effort: AWAY },
];
const smuggled = fc.dictionary(
  fc.constantFrom(
    ...['region', 'endpoint', 'base_url', 'api_base', 'destination', 'fallbacks', 'user', 'inference_geo', 'container'],
    ...['mcp_servers', 'tools', 'messages', 'system', 'thread', 'metadata', 'output_config', 'speed'],
  ),
  fc.oneof(fc.constantFrom<unknown>(AWAY, 'us-east-1', 'fast', ...REMOTE), arn),
  { maxKeys: 1 },
);
const extra = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: smuggled });
const host = fc.constantFrom(
  'gateway.test',
  'bedrock-runtime.us-east-1.amazonaws.com',
  'api.openai.com',
  '169.254.169.254',
);
/** A message with only the required parameters. */
const MESSAGE = { ...HELLO, max_tokens: 64 };

const kind = fc.constantFrom<readonly [path: string, body: Record<string, unknown>]>(
  ['chat/completions', HELLO],
  ['chat/completions', { ...HELLO, stream: true }],
  ['messages', MESSAGE],
  ['messages?beta=true', { ...MESSAGE, stream: true }],
  ['messages/count_tokens', MESSAGE],
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
