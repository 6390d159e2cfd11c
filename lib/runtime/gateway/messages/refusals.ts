import type { GatewayErrorCode } from '../errors/api-error';
import { each, type Loose, refuse } from '../parameters/refuse';

const SEARCH = 'a search would send content to a host outside this deployment';
const CONTAINER = 'it would process and store content in a container outside this deployment';
const SCHEMA = "its schema is part of Anthropic's API, which Converse of Bedrock doesn't have";

/** The tools whose types Anthropic defines, by the beginning of the type, each with the reason for its refusal. */
export const ANTHROPIC_TOOLS: Readonly<Record<string, { readonly code: GatewayErrorCode; readonly why: string }>> = {
  web_search: { code: 'residency_tool_refused', why: SEARCH },
  web_fetch: { code: 'residency_tool_refused', why: 'it would fetch pages from hosts outside this deployment' },
  code_execution: { code: 'residency_tool_refused', why: CONTAINER },
  mcp_toolset: { code: 'residency_tool_refused', why: 'a remote MCP server, wherever it is, would receive content' },
  advisor: { code: 'residency_tool_refused', why: 'another model outside this deployment would receive content' },
  tool_search_tool: { code: 'residency_tool_refused', why: 'Anthropic runs it outside this deployment' },
  bash: { code: 'unsupported_value', why: SCHEMA },
  text_editor: { code: 'unsupported_value', why: SCHEMA },
  computer: { code: 'unsupported_value', why: SCHEMA },
  browser: { code: 'unsupported_value', why: SCHEMA },
  memory: { code: 'unsupported_value', why: SCHEMA },
};

/** The blocks of tools that Anthropic runs. */
const HOSTED_BLOCKS =
  /^(server_tool_use|mcp_tool_use|mcp_tool_result|mcp_tool_listing|container_upload|[a-z_]+_tool_result|tool_search_tool_[a-z_]+)$/;

const REMOTE = "this gateway doesn't fetch content, because it may be anywhere; send it as base64 or as text";
const CITATIONS = "citations aren't supported: leave 'citations' out, or disable them";

/**
 * Refuses everything that would store content, or send it to a host outside the deployment, before the rest of a message is read.
 *
 * @param stores whether this gateway stores files, which an ID may name
 * @throws ApiError naming the parameter, with the reason
 */
export function refuseOutside({ tools, messages }: Record<string, unknown>, stores: boolean): void {
  each(tools, ({ type }, index) => refuseTool(type, `tools[${index}].type`));
  each(messages, ({ content }, index) => refuseBlocks(content, `messages[${index}].content`, stores));
}

function refuseTool(type: unknown, param: string): void {
  if (typeof type !== 'string') return;
  const [, found] =
    Object.entries(ANTHROPIC_TOOLS).find(([start]) => type === start || type.startsWith(`${start}_`)) ?? [];
  if (found) throw refuse(found.code, param, `${found.why}; use a tool of type "custom" that you run yourself`);
}

function refuseBlocks(blocks: unknown, list: string, stores: boolean): void {
  each(blocks, ({ type, source, citations, content }, index) => {
    const param = `${list}[${index}]`;
    if (typeof type === 'string' && HOSTED_BLOCKS.test(type)) {
      const why = 'it belongs to a tool that Anthropic runs, which this deployment refuses';
      throw refuse('residency_tool_refused', `${param}.type`, why);
    }
    if (type === 'search_result') throw refuse('unsupported_value', `${param}.type`, CITATIONS);
    if (isObject(citations) && citations.enabled === true) {
      throw refuse('unsupported_value', `${param}.citations.enabled`, CITATIONS);
    }
    if (isObject(source)) refuseSource(source, `${param}.source`, stores);
    if (type === 'tool_result') refuseBlocks(content, `${param}.content`, stores);
  });
}

function refuseSource({ type, content }: Loose, param: string, stores: boolean): void {
  if (type === 'url') throw refuse('residency_remote_content_refused', `${param}.type`, REMOTE);
  if (type === 'file' && !stores) {
    const why = "this gateway doesn't store files; send the content itself";
    throw refuse('residency_remote_content_refused', `${param}.type`, why);
  }
  if (type === 'content') refuseBlocks(content, `${param}.content`, stores);
}

const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null;
