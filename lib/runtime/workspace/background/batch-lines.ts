import { deeperThan, MAX_DEPTH } from '../../http/read-json';

/** The endpoints whose requests a batch may have. */
export const BATCH_ENDPOINTS = ['/v1/responses', '/v1/chat/completions', '/v1/embeddings'] as const;

export type BatchEndpoint = (typeof BATCH_ENDPOINTS)[number];

/** The most lines of a batch. With the largest file, they are few enough to be checked and collected in one step. */
export const MOST_LINES = 2_000;

/** The most mistakes that a failed batch lists. */
const MOST_ERRORS = 100;

/** A request of a batch. */
export interface BatchLine {
  readonly customId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A mistake in the file of a batch, in OpenAI's form. */
export interface BatchError {
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  readonly line: number | null;
}

/** Reads the file of a batch. It has lines if it has no mistakes. */
export function readLines(
  content: Uint8Array,
  endpoint: BatchEndpoint,
): { readonly lines: readonly BatchLine[]; readonly errors: readonly BatchError[] } {
  const texts = new TextDecoder().decode(content).split(/\r?\n/);
  while (texts.at(-1)?.trim() === '') texts.pop();
  if (texts.length === 0) return { lines: [], errors: [mistake('empty_file', 'the file has no lines', null, null)] };
  if (texts.length > MOST_LINES) {
    return { lines: [], errors: [mistake('too_many_tasks', `the file has more than ${MOST_LINES} lines`, null, null)] };
  }
  const lines: BatchLine[] = [];
  const errors: BatchError[] = [];
  const known = new Set<string>();
  let model: unknown;
  for (const [index, text] of texts.entries()) {
    if (errors.length >= MOST_ERRORS) break;
    const fail = (code: string, message: string, param: string | null = null) =>
      errors.push(mistake(code, message, param, index + 1));
    const line = parsed(text);
    if (line !== undefined && deeperThan(line, MAX_DEPTH + 1)) {
      fail('invalid_json_line', `the line may nest objects and lists at most ${MAX_DEPTH + 1} deep`);
      continue;
    }
    if (line === undefined) {
      fail('invalid_json_line', 'the line must be a JSON object');
      continue;
    }
    const wrong = wrongOf(line, endpoint);
    if (wrong !== undefined) {
      fail(...wrong);
      continue;
    }
    const { custom_id: customId, body } = line as { custom_id: string; body: BatchLine['body'] };
    model ??= body.model;
    if (known.has(customId)) fail('duplicate_custom_id', "another line has this 'custom_id'", 'custom_id');
    else if (body.model !== model) {
      fail('mismatched_model', "every line must name the 'model' of the first one", 'body.model');
    } else lines.push({ customId, body });
    known.add(customId);
  }
  return errors.length > 0 ? { lines: [], errors } : { lines, errors };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

type Wrong = readonly [code: string, message: string, param: string];

/** What of a line can't be sent; whatever else is wrong is the answer to the line. */
function wrongOf({ custom_id, method, url, body }: Record<string, unknown>, endpoint: string): Wrong | undefined {
  if (typeof custom_id !== 'string' || custom_id === '' || custom_id.length > 512) {
    return ['missing_required_parameter', "'custom_id' must be a text of 1 to 512 characters", 'custom_id'];
  }
  if (method !== 'POST') return ['invalid_method', '\'method\' must be "POST"', 'method'];
  if (url !== endpoint) return ['invalid_url', "'url' must be the 'endpoint' of the batch", 'url'];
  if (!isObject(body)) return ['missing_required_parameter', "'body' must be an object", 'body'];
  if (typeof body.model !== 'string')
    return ['missing_required_parameter', "'body.model' must be a text", 'body.model'];
  if (body.stream === true)
    return ['invalid_request', "'stream' may not be true: an answer is a line of a file", 'body.stream'];
  if (endpoint !== '/v1/responses') return undefined;
  // A line that is repeated after a crash must change nothing but its own answer.
  const stores = ['background', 'conversation', 'store'].find(
    (name) => body[name] !== undefined && body[name] !== null && body[name] !== false,
  );
  if (stores === undefined) return undefined;
  return [
    'invalid_request',
    `'${stores}' is refused: the answer is stored in the batch's own files only`,
    `body.${stores}`,
  ];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mistake = (code: string, message: string, param: string | null, line: number | null): BatchError => ({
  code,
  message,
  param,
  line,
});
