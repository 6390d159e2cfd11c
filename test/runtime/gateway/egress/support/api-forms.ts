import type { Received } from '@/test/runtime/egress/support/fake-provider';

/** A provider's own form of OpenAI's protocol. */
export interface ApiForm {
  readonly host: string;
  /** Why the real API would refuse a request; none if it would answer. */
  readonly complaint: (received: Received, body: Body) => string | undefined;
  /** A whole answer. */
  readonly whole: (text: string) => object;
  /** What a stream sends before its text, the text, and the end. */
  readonly stream: (text: string) => { readonly before: readonly object[]; readonly rest: readonly object[] };
}

// biome-ignore lint/suspicious/noExplicitAny: whatever was sent
type Body = any;

const PATHS = { openai: '/v1/chat/completions', azure: '/openai/v1/chat/completions' };
const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const FILTERED = { hate: { filtered: false, severity: 'safe' } };

/** A piece of a stream with one choice. */
const piece = (delta: object, finish_reason: string | null = null, over: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  choices: [{ index: 0, delta, finish_reason, ...over }],
});

const completion = (text: string, over: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop', ...over }],
  usage: USAGE,
});

/** What OpenAI's own host and Azure's refuse alike, or no gateway should send for a project. */
function complaintOfOpenAi(body: Body): string | undefined {
  if (body.max_tokens !== undefined) return 'max_tokens';
  if (body.store !== false) return 'a stored answer';
  if (body.prompt_cache_retention !== 'in_memory') return 'a cache for a day';
  if (body.stream && !body.stream_options?.include_usage) return 'a stream without usage';
  return undefined;
}

const bearer = ({ headers }: Received, key: string): boolean => headers.authorization === `Bearer ${key}`;

/** The fields that Mistral refuses as `extra_forbidden`: https://github.com/mistralai/platform-docs-public/issues/7 and others. */
const UNKNOWN_TO_MISTRAL = ['stream_options', 'max_completion_tokens', 'store', 'prompt_cache_retention'];

/** The forms of three providers, for requests with a key. */
export const apiForms = (key: string): Readonly<Record<'openai' | 'azure-eu' | 'mistral', ApiForm>> => ({
  openai: {
    host: 'eu.api.openai.com',
    complaint: (received, body) =>
      received.path !== PATHS.openai ? 'a path' : !bearer(received, key) ? 'a key' : complaintOfOpenAi(body),
    whole: completion,
    stream: (text) => ({
      before: [piece({ role: 'assistant', content: '' })],
      rest: [piece({ content: text }), piece({}, 'stop'), { ...piece({}), choices: [], usage: USAGE }],
    }),
  },
  // Its stream begins with a piece that has no choice, and no model:
  // https://git.kvant.cloud/phoenix-oss/llama-stack-mirror, tests/integration/recordings/responses/ff3271401fb4.json
  'azure-eu': {
    host: 'contoso-eu.openai.azure.com',
    complaint: (received, body) => {
      if (received.path !== PATHS.azure) return 'a path';
      return received.headers['api-key'] === key ? complaintOfOpenAi(body) : 'a key';
    },
    whole: (text) => ({
      ...completion(text, { content_filter_results: FILTERED }),
      prompt_filter_results: [{ prompt_index: 0, content_filter_results: FILTERED }],
    }),
    stream: (text) => ({
      before: [
        {
          choices: [],
          created: 0,
          id: '',
          model: '',
          object: '',
          prompt_filter_results: [{ prompt_index: 0, content_filter_results: FILTERED }],
        },
        piece({ role: 'assistant', content: '', refusal: null }, null, { content_filter_results: {} }),
      ],
      rest: [
        piece({ content: text }, null, { content_filter_results: FILTERED }),
        piece({}, 'stop', { content_filter_results: {} }),
        { ...piece({}), choices: [], usage: USAGE },
      ],
    }),
  },
  // It reports the usage with the last piece, unasked.
  mistral: {
    host: 'api.eu.mistral.ai',
    complaint: (received, body) => {
      if (received.path !== PATHS.openai) return 'a path';
      if (!bearer(received, key)) return 'a key';
      return UNKNOWN_TO_MISTRAL.find((field) => field in body);
    },
    whole: (text) => completion(text),
    stream: (text) => ({
      before: [piece({ role: 'assistant', content: '' })],
      rest: [piece({ content: text }), { ...piece({ content: '' }, 'stop'), usage: USAGE }],
    }),
  },
});
