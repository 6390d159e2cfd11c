import type { Client } from '../client';
export const FRAMEWORKS: readonly Client[] = [
  { name: 'Vercel AI SDK', script: 'ai-sdk.mjs', version: { of: 'ai' }, passes: [] },
  { name: 'LangChain (Node)', script: 'langchain.mjs', version: { of: '@langchain/openai' }, passes: [] },
  { name: 'OpenAI Agents (Node)', script: 'agents.mjs', version: { of: '@openai/agents' }, passes: [] },
  { name: 'Anthropic (Node)', script: 'anthropic.mjs', version: { of: '@anthropic-ai/sdk' }, passes: [] },
  { name: 'Vercel AI SDK, Anthropic', script: 'ai-sdk-anthropic.mjs', version: { of: '@ai-sdk/anthropic' }, passes: [] },
];
