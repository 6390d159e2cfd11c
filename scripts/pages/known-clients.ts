import { type Result, readResults } from '../../test/clients/results';

/** The section of `docs/COMPATIBILITY.md` about clients. Its table comes from the last complete run of `npm run test:clients`. */
export const knownClients = (): string => `## Known clients

\`npm run test:clients\` runs these clients against \`eu-residency serve\`, with the key of a project and with the token of a workspace's member. In
place of Bedrock answers a fake that refuses what Bedrock would, by the same sources as the table above. Only the gateway can be reached, and
an attempt to reach anything else would be listed as failed. An operation that works for both counts twice. For Codex and Claude Code, the requests
are repeated, not the programs themselves.

${resultsTable(readResults()).join('\n')}

What is refused is a parameter of the tables above, or a path that only workspaces have. These settings matter:

| client | settings |
|---|---|
| every client | The API key is a project's key, or a token of the workspace's identity provider |
| every client of OpenAI's API | The base URL ends with \`/v1\` |
| Anthropic (Node, Python), Claude Code | The base URL ends before \`/v1\`. A workspace reads only \`Authorization\`, so its token is \`authToken\`, in Python \`auth_token\`, for Claude Code \`ANTHROPIC_AUTH_TOKEN\` |
| Vercel AI SDK, Anthropic | The base URL ends with \`/v1\`. For a workspace, the token is \`authToken\`, not \`apiKey\` |
| clients that count tokens with tiktoken | It downloads vocabularies from a host outside your network. Set \`TIKTOKEN_CACHE_DIR\` to a folder that has them |
| Vercel AI SDK | In a project, set \`providerOptions.openai.store\` to \`false\` with \`responses\`, its default. Otherwise a second turn refers to items that OpenAI would have stored. \`provider.chat()\` needs nothing |
| LangChain (Python) | \`OpenAIEmbeddings(check_embedding_ctx_length=False)\`. By default it sends tokens, which only OpenAI's models understand |
| LlamaIndex | \`OpenAILike\` with \`is_chat_model=True\` and \`is_function_calling_model=True\`. \`OpenAI\` accepts only models that it knows |
| LiteLLM | A model is called \`openai/NAME\`. Set \`LITELLM_LOCAL_MODEL_COST_MAP=True\` before its import. Otherwise it downloads a list of prices |
| OpenAI Agents | \`set_tracing_disabled(True)\`, in Node \`setTracingDisabled(true)\`. Otherwise it sends traces, which contain prompts and answers, to OpenAI itself if \`OPENAI_API_KEY\` is set |
| AutoGen | \`model_info\` with what the model can do, because it doesn't know the name |
| Semantic Kernel | \`OpenAIChatCompletion(NAME, async_client=AsyncOpenAI(base_url=..., api_key=...))\` |
| Codex | In \`config.toml\`, \`web_search = "disabled"\` and \`agents.enabled = false\`. Its web search, sub-agents and MCP servers are tools of the types \`web_search\` and \`namespace\`, which are refused |
`;

/** The results of a run as a table, in Markdown. */
export const resultsTable = (results: readonly Result[]): string[] => [
  '| client | version | passed | refused as documented | failed |',
  '|---|---|---|---|---|',
  ...results.map(
    ({ client, version, passed, refused, refusals, failed }) =>
      `| ${client} | ${version} | ${passed} | ${refused}${refused === 0 ? '' : `: ${refusals.join('; ')}`} | ${failed} |`,
  ),
];
