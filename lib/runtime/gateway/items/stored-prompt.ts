import * as z from 'zod/mini';
import { ApiError } from '../../http/api-error';
import { parseRequest } from '../../http/parse-request';
import type { InputItem } from './items';
import type { ResponseRequest } from './parameters';
import { type PromptReference, promptReference } from './prompt-reference';

/** A version of a stored prompt. */
export interface StoredPrompt {
  readonly version: string;
  /** With `{{name}}` where a variable belongs. */
  readonly instructions: string;
  readonly model?: string;
  /** Ids of files that a model is sent before the conversation. */
  readonly files: readonly string[];
}

/** Where the value of a variable goes; what a value holds is never read as one. */
const PLACE = /\{\{\s*([A-Za-z_][A-Za-z0-9_]{0,63})\s*\}\}/g;

/** The names of the variables of a text, in the order in which they come first. */
export const variablesOf = (instructions: string): string[] => [
  ...new Set([...instructions.matchAll(PLACE)].map(([, name = '']) => name)),
];

/**
 * The body of a response with what its prompt has in it, and the prompt's version; as it was where it names none.
 *
 * @param find gives the version that is named, the newest where none is
 * @throws ApiError when it isn't there, or its variables aren't given as it has them
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
      // A mistake in it is still told.
      instructions: body.instructions && own.length === 0 ? body.instructions : [said, ...own].join('\n\n'),
      prompt: { ...reference, version: prompt.version },
    },
  };
}

/** What a prompt's files are to a model: the first that the user sends. */
export function promptItems(prompt: StoredPrompt | undefined): readonly InputItem[] {
  if (prompt === undefined || prompt.files.length === 0) return [];
  const content = prompt.files.map((file_id) => ({ type: 'input_file' as const, file_id }));
  return [{ type: 'message', role: 'user', content }];
}

/** What is repeated of the prompt in the response that it was used for. */
export const shownPrompt = ({ prompt }: ResponseRequest) =>
  prompt && { id: prompt.id, version: prompt.version ?? null, variables: prompt.variables ?? null };

function filled(instructions: string, given: NonNullable<PromptReference['variables']>): string {
  const names = variablesOf(instructions);
  const values = new Map(Object.entries(given));
  if (names.some((name) => !values.has(name)) || values.size > names.length) {
    const param = 'prompt.variables';
    const wanted = names.length === 0 ? 'nothing, since the prompt has no variables' : `exactly ${names.join(', ')}`;
    throw new ApiError(400, 'invalid_value', `'${param}' must hold ${wanted}`, { param });
  }
  return instructions.replace(PLACE, (_, name: string) => {
    const value = values.get(name) ?? '';
    return typeof value === 'string' ? value : value.text;
  });
}
