import type { ToolConfiguration } from '@aws-sdk/client-bedrock-runtime';
import type { AnyDestination, ServerDestination } from '../../../boundary/server';
import type { ConverseRequest } from '../bedrock/bedrock';
import { callsAsText } from './calls-as-text';
import type { AnswerFormat, JsonObject, ModelRequest } from './model-request';
import { type ModelTraits, traitsOf } from './model-traits';

/** A request in the words of one destination. */
export interface Prepared {
  readonly converse: ConverseRequest;
  /** The tool by whose input the model answers, where it is held to a format that way. */
  readonly answerTool?: string;
}

/** The parameter that keeps a destination from being asked. */
export interface Unable {
  readonly cannot: string;
  /** @default - that the model can't be held to it */
  readonly why?: string;
  /** Whether it would leave what the deployment may let go, rather than not be honoured. */
  readonly leaves?: true;
}

/**
 * A request for one destination, or the parameter that its model can't honour.
 *
 * @param keepsContent whether the tenant's content may be kept
 */
export function prepare(request: ModelRequest, destination: AnyDestination, keepsContent: boolean): Prepared | Unable {
  if (destination.provider !== 'bedrock') return forServer(request, destination, keepsContent);
  const traits = traitsOf(destination.modelId);
  const { format, effort } = request;
  let converse = withUserFirst(withoutCalls(request.converse));
  if (converse.toolConfig?.toolChoice?.tool && !traits.forcedTool) return { cannot: 'tool_choice' };
  // OpenAI's default asks a model that can't be told for what it does anyway.
  if (effort !== undefined && !(effort.value === 'medium' && traits.effort === 'none')) {
    if (traits.effort === 'none') return { cannot: effort.param };
    converse =
      traits.effort === 'output-config'
        ? { ...converse, outputConfig: { effort: effort.value } }
        : { ...converse, additionalModelRequestFields: { reasoning_effort: effort.value } };
  }
  return format === undefined ? { converse } : withFormat(converse, format, traits);
}

/** A request that offers no tools holds no calls of any. */
const withoutCalls = (converse: ConverseRequest): ConverseRequest =>
  converse.toolConfig === undefined && converse.messages !== undefined
    ? { ...converse, messages: callsAsText(converse.messages) }
    : converse;

/** A conversation may begin with an answer at OpenAI, at Bedrock with what the user says alone. */
function withUserFirst(converse: ConverseRequest): ConverseRequest {
  const { messages = [] } = converse;
  if (messages[0]?.role !== 'assistant') return converse;
  return { ...converse, messages: [{ role: 'user', content: [{ text: USER_BEFORE }] }, ...messages] };
}

const USER_BEFORE = '(What the user said first is not part of this conversation.)';

/** The server says itself what it can't honour; what must not be sent to it is decided here. */
function forServer(
  { converse, conversationParam, format }: ModelRequest,
  { provider, schemasMayLeave }: ServerDestination,
  keepsContent: boolean,
): Prepared | Unable {
  const results = (converse.messages ?? []).flatMap(
    ({ content }) => content?.flatMap((block) => block.toolResult?.content ?? []) ?? [],
  );
  // A chat has no place for an image or a document that a tool made.
  if (results.some(({ image, document }) => image ?? document)) {
    return { cannot: conversationParam, why: 'this model is sent no image and no document that a tool made' };
  }
  // Texts are sent as such; only OpenAI's own models read a PDF.
  const blocks = (converse.messages ?? []).flatMap(({ content }) => content ?? []);
  if (provider !== 'openai' && blocks.some(({ document }) => document?.format === 'pdf')) {
    return { cannot: conversationParam, why: 'this model reads no PDF' };
  }
  if (keepsContent || schemasMayLeave) return { converse };
  if (format?.schema !== undefined) return { cannot: format.schemaParam, leaves: true };
  const strict = converse.toolConfig?.tools?.some(({ toolSpec }) => toolSpec?.strict);
  return strict ? { cannot: 'tools', leaves: true } : { converse };
}

function withFormat(converse: ConverseRequest, format: AnswerFormat, traits: ModelTraits): Prepared | Unable {
  const { name, description, schema, param, schemaParam } = format;
  if (traits.format && schema !== undefined && isClosed(schema)) {
    const jsonSchema = { name, description, schema: JSON.stringify(schema) };
    const textFormat = { type: 'json_schema', structure: { jsonSchema } } as const;
    return { converse: { ...converse, outputConfig: { ...converse.outputConfig, textFormat } } };
  }
  if (!traits.forcedTool) return { cannot: schema !== undefined && traits.format ? schemaParam : param };
  const { tools = [], toolChoice } = converse.toolConfig ?? {};
  // A model that has to call one of the client's tools makes no text that could have a form.
  if (toolChoice?.any || toolChoice?.tool) return { converse };
  const answerTool = freeName(name, converse.toolConfig);
  const toolSpec = {
    name: answerTool,
    description: description ?? 'Gives the answer to the user. Call it once, with the whole answer.',
    inputSchema: { json: { type: 'object', ...schema } as never },
  };
  return {
    converse: {
      ...converse,
      toolConfig: {
        tools: [...(tools ?? []), { toolSpec }],
        toolChoice: tools && tools.length > 0 ? { any: {} } : { tool: { name: answerTool } },
      },
    },
    answerTool,
  };
}

function freeName(wanted: string, config: ToolConfiguration | undefined): string {
  const taken = (config?.tools ?? []).map((tool) => tool.toolSpec?.name);
  const name = wanted.slice(0, 60);
  return taken.includes(name) ? freeName(`${name.slice(0, 55)}_answer`, config) : name;
}

/** Whether no object of a schema takes properties that it doesn't list, without which Bedrock refuses the schema. */
function isClosed(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isClosed);
  if (typeof schema !== 'object' || schema === null) return true;
  const { type, additionalProperties } = schema as JsonObject;
  const isObject = type === 'object' || (Array.isArray(type) && type.includes('object'));
  return (!isObject || additionalProperties === false) && Object.values(schema).every(isClosed);
}
