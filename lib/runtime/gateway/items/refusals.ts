import { each, type Loose, refuse } from '../parameters/refuse';

const SEARCH = 'a search would send content to a host outside this deployment';

/** The tools that OpenAI runs itself, each with the reason for its refusal. */
export const HOSTED_TOOLS: Readonly<Record<string, string>> = {
  web_search: SEARCH,
  web_search_2025_08_26: SEARCH,
  web_search_preview: SEARCH,
  web_search_preview_2025_03_11: SEARCH,
  file_search: 'it searches files that OpenAI stores',
  code_interpreter: 'it would process and store content in a container outside this deployment',
  shell: 'it would process and store content in a container outside this deployment',
  computer: "it would send a screen's content to a model outside this deployment",
  computer_use: "it would send a screen's content to a model outside this deployment",
  computer_use_preview: "it would send a screen's content to a model outside this deployment",
  mcp: 'a remote MCP server, wherever it is, would receive content',
  image_generation: 'a model outside this deployment would generate the image',
};

/** The items that such a tool adds to a conversation. */
const HOSTED_ITEMS =
  /^(web_search|file_search|computer|code_interpreter|image_generation|mcp)_(call|call_output|list_tools|approval_request|approval_response)$/;

/**
 * Refuses everything that would store content, or send it to a host outside the deployment, before the rest of a response is
 * read.
 *
 * @param list the parameter that holds the items
 * @param stores whether this gateway stores files, which an ID may name
 * @throws ApiError naming the parameter, with the reason
 */
export function refuseOutside(
  { tools, tool_choice, input }: Record<string, unknown>,
  list = 'input',
  stores = false,
): void {
  each(tools, ({ type }, index) => refuseTool(type, `tools[${index}].type`));
  if (typeof tool_choice === 'object') refuseTool((tool_choice as Loose | null)?.type, 'tool_choice.type');
  each(input, ({ type, content, output }, index) => {
    const param = `${list}[${index}]`;
    if (typeof type === 'string' && HOSTED_ITEMS.test(type)) {
      throw refuse(
        'residency_tool_refused',
        `${param}.type`,
        'it belongs to a tool that OpenAI runs, which this deployment refuses',
      );
    }
    if (type === 'item_reference') {
      throw refuse(
        'residency_store_refused',
        `${param}.type`,
        stores
          ? "this gateway continues items by 'previous_response_id' or 'conversation'; use one of them, or send the item itself"
          : "it refers to a stored item, and this gateway doesn't store items; send the item itself",
      );
    }
    for (const [name, parts] of Object.entries({ content, output })) {
      each(parts, (part, at) => refusePart(part, `${param}.${name}[${at}]`, stores));
    }
  });
}

function refuseTool(type: unknown, param: string): void {
  if (typeof type !== 'string' || !Object.hasOwn(HOSTED_TOOLS, type)) return;
  throw refuse('residency_tool_refused', param, `${HOSTED_TOOLS[type]}; use a function that you run yourself`);
}

function refusePart({ type, file_id, file_url }: Loose, param: string, stores: boolean): void {
  if (type !== 'input_image' && type !== 'input_file') return;
  for (const [name, value] of Object.entries(stores ? { file_url } : { file_id, file_url })) {
    if (value === undefined || value === null) continue;
    const why = "this gateway doesn't fetch files, because the file may be anywhere; send the content itself";
    throw refuse('residency_remote_content_refused', `${param}.${name}`, why);
  }
}
