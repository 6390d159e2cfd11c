import type { ToolConfiguration } from '@aws-sdk/client-bedrock-runtime';
import type { AnyDestination, ServerDestination } from '../../../boundary/server';
import type { ConverseRequest } from '../bedrock/bedrock';
import { callsAsText } from './calls-as-text';
import type { AnswerFormat, JsonObject, ModelRequest } from './model-request';
import { type ModelTraits, traitsOf } from './model-traits';

/** A request in the form of one destination. */
export interface Prepared {
  readonly converse: ConverseRequest;
  /** The tool whose input is the answer, if the format is enforced that way. */
  readonly answerTool?: string;
}

/** The parameter because of which a destination can't serve the request. */
export interface Unable {
  readonly cannot: string;
  /** @default - the parameter can't be enforced for the model */
  readonly why?: string;
  /** Whether it would leave the deployment against its policy, rather than not be honoured. */
  readonly leaves?: true;
}

/**
 * A request for one destination, or the parameter that its model can't honour.
 *
 * @param keepsContent whether the tenant's content may be stored
 */
export function prepare(request: ModelRequest, destination: AnyDestination, keepsContent: boolean): Prepared | Unable {
  if (destination.provider !== 'bedrock') return forServer(request, destination, keepsContent);
  const traits = traitsOf(destination.modelId);
  const { format, effort } = request;
  let converse = withUserFirst(withoutCalls(request.converse));
  if (converse.toolConfig?.toolChoice?.tool && !traits.forcedTool) return { cannot: 'tool_choice' };
  // OpenAI's default requests what a model without the parameter does anyway.
  if (effort !== undefined && !(effort.value === 'medium' && traits.effort === 'none')) {
    if (traits.effort === 'none') return { cannot: effort.param };
    converse =
      traits.effort === 'output-config'
        ? { ...converse, outputConfig: { effort: effort.value } }
        : { ...converse, additionalModelRequestFields: { reasoning_effort: effort.value } };
  }
  return format === undefined ? { converse } : withFormat(converse, format, traits);
}

/** A request without tools contains no tool calls. */
const withoutCalls = (converse: ConverseRequest): ConverseRequest =>
  converse.toolConfig === undefined && converse.messages !== undefined
    ? { ...converse, messages: callsAsText(converse.messages) }
    : converse;

/** For OpenAI, a conversation may begin with an answer; for Bedrock, only with the user. */
function withUserFirst(converse: ConverseRequest): ConverseRequest {
  const { messages = [] } = converse;
  if (messages[0]?.role !== 'assistant') return converse;
  return { ...converse, messages: [{ role: 'user', content: [{ text: USER_BEFORE }] }, ...messages] };
}

const USER_BEFORE = '(What the user said first is not part of this conversation.)';

/** A server reports itself what it can't honour. The gateway decides what must not be sent to it. */
function forServer(
  { converse, conversationParam, format }: ModelRequest,
  { provider, schemasMayLeave }: ServerDestination,
  keepsContent: boolean,
): Prepared | Unable {
  const results = (converse.messages ?? []).flatMap(
    ({ content }) => content?.flatMap((block) => block.toolResult?.content ?? []) ?? [],
  );
  // A chat has no form for a tool's image or document.
  if (results.some(({ image, document }) => image ?? document)) {
    return { cannot: conversationParam, why: "this model doesn't accept images or documents from tools" };
  }
  // Text files are sent as text. Only OpenAI's own models read a PDF.
  const blocks = (converse.messages ?? []).flatMap(({ content }) => content ?? []);
  if (provider !== 'openai' && blocks.some(({ document }) => document?.format === 'pdf')) {
    return { cannot: conversationParam, why: "this model doesn't support PDF" };
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
  // A model that must call one of the client's tools writes no text to which a format could apply.
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

function freeName(preferred: string, config: ToolConfiguration | undefined): string {
  const taken = (config?.tools ?? []).map((tool) => tool.toolSpec?.name);
  const name = preferred.slice(0, 60);
  return taken.includes(name) ? freeName(`${name.slice(0, 55)}_answer`, config) : name;
}

/** Whether no object of a schema allows unlisted properties. Bedrock refuses any other schema. */
function isClosed(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isClosed);
  if (typeof schema !== 'object' || schema === null) return true;
  const { type, additionalProperties } = schema as JsonObject;
  const isObject = type === 'object' || (Array.isArray(type) && type.includes('object'));
  return (!isObject || additionalProperties === false) && Object.values(schema).every(isClosed);
}
