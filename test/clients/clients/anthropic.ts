import type { Client } from '../client';

const ANTHROPIC_TOOLS = 'Tools that Anthropic defines';
const CLAUDE_CODE = 'Claude Code';

/** Anthropic's own clients, a framework over its API, and a program. */
export const ANTHROPIC: readonly Client[] = [
  {
    name: 'Anthropic (Node)',
    script: 'anthropic.mjs',
    version: { of: '@anthropic-ai/sdk' },
    passes: [
      'message',
      'stream',
      'tools',
      'tools, stream',
      'required tool',
      'system',
      'image',
      'PDF',
      'thinking',
      'stop, temperature, user',
      'count of tokens',
      'errors',
    ],
    refused: {
      'remote image': {
        by: 'messages[0].content[0].source.type',
        documented: ['Blocks of a message', '| a `source` of type `url` | refused |'],
      },
      'hosted tool': { by: 'tools[0].type', documented: [ANTHROPIC_TOOLS, '| `web_search` |'] },
    },
  },
  {
    name: 'Anthropic (Python)',
    script: 'anthropic_client.py',
    version: { of: 'anthropic' },
    lock: 'openai-3',
    passes: ['message', 'with a token', 'stream', 'tools', 'system', 'image', 'thinking', 'count of tokens', 'errors'],
  },
  {
    name: 'Vercel AI SDK, Anthropic',
    script: 'ai-sdk-anthropic.mjs',
    version: { of: '@ai-sdk/anthropic' },
    passes: ['text', 'stream', 'tools', 'object', 'image', 'thinking'],
  },
  {
    name: 'Claude Code',
    script: 'claude-code.mjs',
    version: { requestsOf: '2.1.165' },
    passes: [
      'first turn',
      'a model with a number of tokens for thinking',
      'a call of a tool',
      'result of a tool',
      'result of a tool with an image',
      'failure of a tool',
      'a system message in the conversation',
      'title of a conversation',
      'count of tokens',
    ],
    refused: {
      'with an API key': { by: 401, documented: [CLAUDE_CODE, 'reads only `Authorization`'], only: 'workspace' },
      'web search': { by: 'tools[3].type', documented: [ANTHROPIC_TOOLS, '| `web_search` |'] },
    },
  },
];
