import type { EgressRequest } from '../../contract/egress';
import type { TenantKind } from '../../contract/tenant';
import type { Service } from '../../facts/services';
import { Refusal } from './refusal';

/** Every field that a gateway sends. Others could make a provider store, search or fetch something. */
const FIELDS: Readonly<Record<EgressRequest['path'], ReadonlySet<string>>> = {
  '/chat/completions': new Set([
    'max_completion_tokens',
    'max_tokens',
    'messages',
    'model',
    'parallel_tool_calls',
    'prompt_cache_retention',
    'reasoning_effort',
    'response_format',
    'stop',
    'store',
    'stream',
    'stream_options',
    'temperature',
    'tool_choice',
    'tools',
    'top_p',
  ]),
  '/embeddings': new Set(['dimensions', 'encoding_format', 'input', 'model']),
};

/** Services that may store the answer of a chat, and cache its prompt for a day, unless the request says otherwise. */
const STORE_BY_DEFAULT: readonly Service[] = ['openai', 'azure'];

type Json = Readonly<Record<string, unknown>>;

/** A body that may be sent. */
export interface ReadBody {
  /** The body as this function writes it. A name that the gateway's text has twice could mean another value to the provider. */
  readonly text: string;
  readonly streams: boolean;
}

/**
 * Reads the body of a request, and requires that it asks for no more than an answer of its model.
 *
 * @throws Refusal if it isn't JSON of the form that gateways send, or names another model
 */
export function readBody({ body, model, path }: EgressRequest, service: Service, tenant: TenantKind): ReadBody {
  const value = parsed(body);
  if (!isMap(value)) throw new Refusal("its body isn't a JSON object");
  if (value.model !== model) throw new Refusal("its body doesn't name the model of the request");
  const unknown = Object.keys(value).filter((name) => !FIELDS[path].has(name));
  if (unknown.length > 0) throw new Refusal('its body has a field that gateways never send');
  const storesByDefault = path === '/chat/completions' && STORE_BY_DEFAULT.includes(service);
  const isStored = value.store ?? storesByDefault;
  if (isStored !== false && tenant === 'project') {
    throw new Refusal("its body lets the provider store the answer, and a project's content is stored nowhere");
  }
  const cache = value.prompt_cache_retention ?? (storesByDefault && tenant === 'project' ? '24h' : 'in_memory');
  if (cache !== 'in_memory') {
    throw new Refusal('its body lets the provider cache the prompt elsewhere than in memory');
  }
  if (!listOf(value.tools).every(isFunction) || !choosesFunction(value.tool_choice)) {
    throw new Refusal("its body has a tool that isn't a function, which the provider would run");
  }
  if (!listOf(value.messages).every(isWholeMessage)) {
    throw new Refusal("its body has a message with content that it doesn't hold, which the provider would fetch");
  }
  return { text: JSON.stringify(value), streams: value.stream === true };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
/** What is there but isn't a list becomes an entry, which then isn't accepted. */
const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** Whether a value is an object with no other fields than these. Another one could name something that the provider stores or fetches. */
const hasOnly = (value: unknown, ...names: readonly string[]): value is Json =>
  isMap(value) && Object.keys(value).every((name) => names.includes(name));

const isFunction = (tool: unknown): boolean => hasOnly(tool, 'type', 'function') && tool.type === 'function';

const CHOICES: readonly unknown[] = ['auto', 'none', 'required'];

const choosesFunction = (choice: unknown): boolean =>
  choice === undefined || CHOICES.includes(choice) || isFunction(choice);

const isWholeMessage = (message: unknown): boolean =>
  hasOnly(message, 'role', 'content', 'name', 'tool_calls', 'tool_call_id') &&
  listOf(message.tool_calls).every(isCall) &&
  partsOf(message).every(holdsItsContent);

const isCall = (call: unknown): boolean => hasOnly(call, 'id', 'type', 'function') && call.type === 'function';

/** The parts of a message: of a text, none. */
const partsOf = ({ content }: Json): readonly unknown[] => (typeof content === 'string' ? [] : listOf(content));

function holdsItsContent(part: unknown): boolean {
  if (hasOnly(part, 'type', 'text')) return part.type === 'text' && typeof part.text === 'string';
  if (hasOnly(part, 'type', 'image_url')) {
    return part.type === 'image_url' && hasOnly(part.image_url, 'url') && isData(part.image_url.url);
  }
  if (!hasOnly(part, 'type', 'file') || part.type !== 'file') return false;
  return hasOnly(part.file, 'filename', 'file_data') && isData(part.file.file_data);
}

const isData = (url: unknown): boolean => typeof url === 'string' && url.startsWith('data:');
