import type { ToolConfiguration } from '@aws-sdk/client-bedrock-runtime';
import { ApiError } from '../errors/api-error';

/** A function that a model may call. */
export interface FunctionSpec {
  readonly name: string;
  readonly description?: string | null;
  readonly parameters?: Readonly<Record<string, unknown>> | null;
  readonly strict?: boolean | null;
}

/** A client's choice of tools, and the parameter that states it. */
export interface ToolWish {
  readonly functions?: readonly FunctionSpec[];
  readonly choice?: 'none' | 'auto' | 'required' | { readonly name: string } | AllowedTools;
  /** The path of the names if functions are chosen, for the error. */
  readonly choiceName: string;
}

/** Some of the functions, of which the model may or must call one. */
export interface AllowedTools {
  readonly mode: 'auto' | 'required';
  readonly allowed: readonly string[];
}

type Tool = NonNullable<ToolConfiguration['tools']>[number];

/**
 * The tools of a request in Bedrock's form; undefined if the model must not call any.
 *
 * @throws ApiError if a choice can't be honoured
 */
export function toToolConfig({ functions, choice, choiceName }: ToolWish): ToolConfiguration | undefined {
  if (functions === undefined || functions.length === 0) {
    if (choice !== undefined && choice !== 'none' && choice !== 'auto') {
      throw invalid('tool_choice', "'tool_choice' chooses among 'tools', which the request doesn't have");
    }
    return undefined;
  }
  if (choice === 'none') return undefined;
  if (typeof choice === 'object' && 'allowed' in choice) {
    const { allowed, mode } = choice;
    if (!allowed.every((name) => functions.some((spec) => spec.name === name))) {
      throw invalid(choiceName, `'${choiceName}' may only have names of 'tools'`);
    }
    return toToolConfig({
      functions: functions.filter(({ name }) => allowed.includes(name)),
      choice: mode,
      choiceName,
    });
  }
  if (typeof choice === 'object' && !functions.some(({ name }) => name === choice.name)) {
    throw invalid(choiceName, `'${choiceName}' must be the name of one of 'tools'`);
  }
  return {
    tools: functions.map(toTool),
    toolChoice:
      typeof choice === 'object' ? { tool: { name: choice.name } } : choice === 'required' ? { any: {} } : { auto: {} },
  };
}

function toTool({ name, description, parameters, strict }: FunctionSpec): Tool {
  if (parameters?.type !== undefined && parameters.type !== 'object') {
    throw invalid(
      'tools',
      `the 'parameters' of the function '${name}' in 'tools' must describe an object, as in {"type": "object"}`,
    );
  }
  return {
    toolSpec: {
      name,
      description: description?.trim() ? description : undefined,
      // For OpenAI, an empty schema means a function without parameters. Bedrock refuses a schema whose type isn't object.
      inputSchema: { json: { type: 'object', ...(parameters ?? { properties: {} }) } as never },
      strict: strict || undefined,
    },
  };
}

const invalid = (param: string, message: string) => new ApiError(400, 'invalid_value', message, { param });
