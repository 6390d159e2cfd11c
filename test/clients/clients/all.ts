import type { Client } from '../client';
import { AGENTS } from './agents';
import { ANTHROPIC } from './anthropic';
import { FRAMEWORKS } from './frameworks';
import { OPENAI } from './openai';

/** Every client, in the order of the table. */
export const CLIENTS: readonly Client[] = [...OPENAI, ...FRAMEWORKS, ...AGENTS, ...ANTHROPIC];
