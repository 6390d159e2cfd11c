import type { ToolConfiguration } from '@aws-sdk/client-bedrock-runtime';
import { unenforceable } from './enforceable-schema';
import { type Draft, type Fit, ignoring, reasoningParam, type Unable } from './fit';

/** The format of the answer: enforced by Bedrock itself, otherwise by a tool that the model must call. */
export const fitFormat: Fit = (draft, request, traits): Draft | Unable => {
  const { format } = request;
  if (format === undefined) return draft;
  const { converse } = draft;
  const { name, description, schema, param, schemaParam } = format;
  const why = schema && unenforceable(schema);
  if (traits.structuredOutput && schema !== undefined && why === undefined) {
    const jsonSchema = { name, description, schema: JSON.stringify(schema) };
    const textFormat = { type: 'json_schema', structure: { jsonSchema } } as const;
    return { ...draft, converse: { ...converse, outputConfig: { ...converse.outputConfig, textFormat } } };
  }
  if (traits.forcedTools === 'none') {
    return why !== undefined && traits.structuredOutput
      ? { cannot: schemaParam, why: `for this model, ${why}` }
      : { cannot: param, why: 'this model has no way to enforce it' };
  }
  const { tools = [], toolChoice } = converse.toolConfig ?? {};
  // A model that must call one of the client's tools writes no text to which a format could apply.
  if (toolChoice?.any || toolChoice?.tool) return ignoring(draft, param);
  if (schema?.type !== undefined && schema.type !== 'object') {
    return { cannot: schemaParam, why: 'for this model, the schema must describe an object' };
  }
  if (draft.reasons !== undefined && traits.forcedToolsWithReasoning === false) {
    return {
      cannot: param,
      why: `it can't be enforced for this model while it reasons; leave out '${reasoningParam(request)}'`,
    };
  }
  const answerTool = freeName(name, converse.toolConfig);
  const toolSpec = {
    name: answerTool,
    description: description ?? 'Gives the answer to the user. Call it once, with the whole answer.',
    inputSchema: { json: { type: 'object', ...schema } as never },
  };
  const onlyAny = traits.forcedTools === 'any' || (tools !== null && tools.length > 0);
  return {
    ...draft,
    ...(traits.streamedTools === false && { whole: true }),
    converse: {
      ...converse,
      toolConfig: {
        tools: [...(tools ?? []), { toolSpec }],
        toolChoice: onlyAny ? { any: {} } : { tool: { name: answerTool } },
      },
    },
    answerTool,
  };
};

function freeName(preferred: string, config: ToolConfiguration | undefined): string {
  const taken = new Set((config?.tools ?? []).map((tool) => tool.toolSpec?.name));
  const name = preferred.slice(0, 60);
  if (!taken.has(name)) return name;
  const stem = `${name.slice(0, 50)}_answer`;
  for (let nth = 1; ; nth++) {
    const numbered = nth === 1 ? stem : `${stem}_${nth}`;
    if (!taken.has(numbered)) return numbered;
  }
}
