import * as z from 'zod/mini';
import { parseRequest } from '../../http/parse-request';
import { ApiError } from '../errors/api-error';
import type { FoundFile } from '../files/found-file';
import type { InputItem } from './items';
import type { ResponseRequest } from './parameters';
import { type PromptReference, promptReference } from './prompt-reference';

/** A version of a stored prompt. */
export interface StoredPrompt {
  readonly version: string;
  /** Contains `{{name}}` for each variable. */
  readonly instructions: string;
  readonly model?: string;
  /** The IDs of files that are sent to a model before the conversation. */
  readonly files: readonly string[];
  /** The files of a shared prompt, by ID: the member who uses it doesn't have them. */
  readonly shared?: ReadonlyMap<string, FoundFile>;
}

/** The placeholder of a variable. Placeholders inside values aren't replaced. */
const PLACE = /\{\{\s*([A-Za-z_][A-Za-z0-9_]{0,63})\s*\}\}/g;

/** The longest prompt after its variables are filled in, in UTF-16 code units: more than any window, and cheap to hold several times. */
const MAX_FILLED = 1_000_000;

/** The names of the variables of a text, in the order of their first occurrence. */
export const variablesOf = (instructions: string): string[] => [
  ...new Set([...instructions.matchAll(PLACE)].map(([, name = '']) => name)),
];

/**
 * The body of a response with the content of its prompt, and the prompt's version; unchanged if it names no prompt.
 *
 * @param find returns the named version, or the newest
 * @throws ApiError if the prompt doesn't exist, or the given variables aren't those of the prompt
 */
export async function withPrompt(
  body: Record<string, unknown>,
  find: ((reference: PromptReference) => Promise<StoredPrompt>) | undefined,
): Promise<{ body: Record<string, unknown>; prompt?: StoredPrompt }> {
  if (body.prompt === undefined || body.prompt === null || find === undefined) return { body };
  const { prompt: reference } = parseRequest(z.strictObject({ prompt: promptReference }), { prompt: body.prompt }, [
    'prompt',
  ]);
  const prompt = await find(reference);
  const said = filled(prompt.instructions, reference.variables ?? {});
  const own = typeof body.instructions === 'string' && body.instructions !== '' ? [body.instructions] : [];
  return {
    prompt,
    body: {
      ...body,
      model: body.model ?? prompt.model,
      // A mistake in it is still reported.
      instructions: body.instructions && own.length === 0 ? body.instructions : [said, ...own].join('\n\n'),
      prompt: { ...reference, version: prompt.version },
    },
  };
}

/** The prompt's files as the first message of the user. */
export function promptItems(prompt: StoredPrompt | undefined): readonly InputItem[] {
  if (prompt === undefined || prompt.files.length === 0) return [];
  const content = prompt.files.map((file_id) => ({ type: 'input_file' as const, file_id }));
  return [{ type: 'message', role: 'user', content }];
}

/** The prompt as the response repeats it. */
export const shownPrompt = ({ prompt }: ResponseRequest) =>
  prompt && { id: prompt.id, version: prompt.version ?? null, variables: prompt.variables ?? null };

function filled(instructions: string, given: NonNullable<PromptReference['variables']>): string {
  const names = variablesOf(instructions);
  const values = new Map(Object.entries(given));
  if (names.some((name) => !values.has(name)) || values.size > names.length) {
    const param = 'prompt.variables';
    const expected =
      names.length === 0
        ? 'nothing, because the prompt has no variables'
        : 'every variable of the prompt and no other; GET /v1/prompts/{id} lists them';
    throw new ApiError(400, 'invalid_value', `'${param}' must hold ${expected}`, { param });
  }
  const textOf = (name: string): string => {
    const value = values.get(name) ?? '';
    return typeof value === 'string' ? value : value.text;
  };
  requireLength(instructions, textOf);
  return instructions.replace(PLACE, (_, name: string) => textOf(name));
}

/** A short text can name a long value thousands of times, so the sum is taken before anything is replaced. */
function requireLength(instructions: string, textOf: (name: string) => string): void {
  let length = instructions.length;
  for (const [place, name = ''] of instructions.matchAll(PLACE)) length += textOf(name).length - place.length;
  if (length <= MAX_FILLED) return;
  const param = 'prompt.variables';
  const message = `'${param}' makes the prompt longer than ${MAX_FILLED} characters; shorten the values, or name each of them less often`;
  throw new ApiError(400, 'context_length_exceeded', message, { param });
}
