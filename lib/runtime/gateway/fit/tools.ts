import type { ToolConfiguration } from '@aws-sdk/client-bedrock-runtime';
import { unenforceable } from './enforceable-schema';
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
  const fits = tools?.map((tool) => (isEnforced(tool, traits.strictTools) ? tool : withoutStrict(tool)));
  const loosened = fits?.some((tool, index) => tool !== tools?.[index]) ?? false;
  const fitted: Draft = {
    ...draft,
    ...(traits.streamedTools === false && { whole: true }),
    converse: {
      ...draft.converse,
      // Without a choice, a model decides itself. Some models refuse the field even with that value.
      toolConfig: {
        ...toolConfig,
        tools: fits,
        toolChoice: toolChoice?.auto ? undefined : toolChoice,
      },
    },
  };
  // Most clients set it by default, and a model without it nearly always keeps to the schema.
  return loosened ? ignoring(fitted, 'tools.strict') : fitted;
};

type Tool = NonNullable<ToolConfiguration['tools']>[number];

/** Whether Bedrock can enforce a tool's schema, if it is asked to. */
const isEnforced = ({ toolSpec }: Tool, strictTools: boolean | null): boolean =>
  !toolSpec?.strict || (strictTools !== false && unenforceable(toolSpec.inputSchema?.json) === undefined);

const withoutStrict = (tool: Tool): Tool =>
  tool.toolSpec ? { toolSpec: { ...tool.toolSpec, strict: undefined } } : tool;
