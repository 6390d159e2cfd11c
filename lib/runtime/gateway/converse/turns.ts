import type { ContentBlock, Message } from '@aws-sdk/client-bedrock-runtime';
import { deeperThan, MAX_DEPTH } from '../../http/read-json';
import { ApiError } from '../errors/api-error';

/** One entry of a conversation, in order. `param` names its place in the request. */
export type Entry =
  | { readonly side: 'user'; readonly param: string; readonly blocks: readonly ContentBlock[] }
  | { readonly side: 'assistant'; readonly param: string; readonly blocks: readonly ContentBlock[] }
  | {
      readonly side: 'tool';
      readonly param: string;
      readonly callId: string;
      readonly result: NonNullable<ContentBlock['toolResult']>['content'];
      /** Whether the tool failed. */
      readonly failed?: boolean;
    };

/**
 * The turns of a conversation in Bedrock's form, which alternate. Consecutive entries of one side become one turn, and tool results
 * belong to the user.
 *
 * @param param the parameter that holds the conversation
 * @param hasSystem whether it has a system message, which can be all of it
 * @throws ApiError if the order or an entry can't be expressed
 */
export function toTurns(entries: readonly Entry[], param: string, hasSystem = false): Message[] {
  const turns: { role: 'user' | 'assistant'; content: ContentBlock[] }[] = [];
  // The assistant's calls that no tool has answered yet.
  const unanswered = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    if (entry.side === 'tool') {
      if (!unanswered.delete(entry.callId)) {
        throw invalid(entry.param, 'must be the id of an unanswered tool call directly before it');
      }
    } else if (entry.side === 'user' && unanswered.size > 0) {
      throw invalid(entry.param, 'must follow the results of all earlier tool calls');
    }
    const content = entry.side === 'tool' ? [resultBlock(entry)] : entry.blocks;
    // A model's answer can be empty. Bedrock refuses such a turn, so it is left out.
    if (content.length === 0 && entry.side === 'assistant') continue;
    // Agents that have only instructions send an empty message first. Left out, it can't turn an answer into a prefill.
    if (content.length === 0 && index === 0 && (hasSystem || entries.length > 1)) continue;
    if (content.length === 0) throw invalid(`${entry.param}.content`, 'must not be empty');
    for (const { toolUse } of content) if (toolUse?.toolUseId) unanswered.add(toolUse.toolUseId);
    const role = entry.side === 'assistant' ? 'assistant' : 'user';
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content: [...content] });
  }
  if (unanswered.size > 0) throw invalid(param, 'must end with a result of each tool call');
  if (turns.length === 0 ? !hasSystem : !turns.some(({ role }) => role === 'user'))
    throw invalid(param, 'must have a message from the user');
  return turns;
}

const resultBlock = ({ callId, result, failed }: Extract<Entry, { side: 'tool' }>): ContentBlock => ({
  toolResult: { toolUseId: callId, content: result, ...(failed && { status: 'error' }) },
});

/** The blocks of a text. */
export function textBlocks(...texts: readonly string[]): { text: string }[] {
  // Bedrock refuses a blank text. Models write one before a call, so it is left out.
  return texts.filter((text) => text.trim() !== '').map((text) => ({ text }));
}

/**
 * A tool call as the assistant's block.
 *
 * @param param the path of the arguments, for the error
 * @throws ApiError if the arguments aren't a JSON object, or nest too deep
 */
export function toolUseBlock(id: string, name: string, json: string, param: string): ContentBlock {
  let value: unknown;
  try {
    value = JSON.parse(json === '' ? '{}' : json);
  } catch {
    throw invalid(param, 'must be JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(param, 'must be a JSON object');
  if (deeperThan(value, MAX_DEPTH)) throw invalid(param, `may nest objects and lists at most ${MAX_DEPTH} deep`);
  return { toolUse: { toolUseId: id, name, input: value as NonNullable<ContentBlock['toolUse']>['input'] } };
}

const invalid = (param: string, what: string) => new ApiError(400, 'invalid_value', `'${param}' ${what}`, { param });
