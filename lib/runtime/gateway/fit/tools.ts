import type { ToolConfiguration } from '@aws-sdk/client-bedrock-runtime';
import { type Draft, type Fit, ignoring, type Unable } from './fit';

/** Tools, and which of them the model must call. */
export const fitTools: Fit = (draft, _request, traits): Draft | Unable => {
  const { toolConfig } = draft.converse;
  if (toolConfig === undefined) return draft;
  if (!traits.tools) return { cannot: 'tools', why: "this model doesn't call tools" };
  const { tools = [], toolChoice } = toolConfig;
  if (toolChoice?.tool && traits.forcedTools !== 'named') {
    return { cannot: 'tool_choice', why: "this model can't be made to call one tool by name" };
  }
  if (toolChoice?.any && traits.forcedTools === 'none') {
    return { cannot: 'tool_choice', why: "this model can't be made to call a tool" };
  }
  const strict = tools?.some(({ toolSpec }) => toolSpec?.strict) ?? false;
  const loosened = strict && traits.strictTools === false;
  const fitted: Draft = {
    ...draft,
    ...(traits.streamedTools === false && { whole: true }),
    converse: {
      ...draft.converse,
      // Without a choice, a model decides itself. Some models refuse the field even with that value.
      toolConfig: {
        ...toolConfig,
        tools: loosened ? withoutStrict(tools) : tools,
        toolChoice: toolChoice?.auto ? undefined : toolChoice,
      },
    },
  };
  // Most clients set it by default, and a model without it nearly always keeps to the schema.
  return loosened ? ignoring(fitted, 'tools.strict') : fitted;
};

const withoutStrict = (tools: ToolConfiguration['tools']): ToolConfiguration['tools'] =>
  tools?.map((tool) => (tool.toolSpec ? { toolSpec: { ...tool.toolSpec, strict: undefined } } : tool));
