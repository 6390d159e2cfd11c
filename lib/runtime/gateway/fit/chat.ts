import type { ConverseRequest } from '../bedrock/bedrock';
import type { ModelRequest } from '../converse/model-request';
import { type Draft, reasoningParam, type Unable } from './fit';
import type { Traits } from './traits';

/**
 * What a model accepts through Bedrock's Chat Completions API, by what it accepts through Converse. Where the two may differ, the request
 * stays within both.
 */
export const chatTraits = (traits: Traits): Traits => ({
  ...traits,
  // The other ways of requesting effort are fields of Converse's, not of this API.
  effort: traits.effort?.by === 'reasoning-effort' ? traits.effort : null,
  reasoning: traits.reasoning === 'on' ? 'always' : traits.reasoning,
  reasoningBack: 'none',
  // A limit of ConverseStream.
  streamedTools: null,
  cachePoints: null,
  // Text files are sent as text.
  documents: true,
});

/** A fitted request in the values of a chat completion: this API has fields of its own for effort and format, and none for `thinking`. */
export function asChat(request: ModelRequest, { converse }: Draft): ModelRequest {
  const { additionalModelRequestFields, outputConfig, ...rest } = converse;
  const { reasoning_effort: value } = (additionalModelRequestFields ?? {}) as { reasoning_effort?: never };
  const { effort: _, thinking: __, format, ...others } = request;
  return {
    ...others,
    converse: rest,
    ...(value !== undefined && { effort: { param: reasoningParam(request), value } }),
    // Converse always enforces a schema, so this API does too.
    ...(format && outputConfig?.textFormat && { format: { ...format, strict: true } }),
  };
}

/** What a chat completion has no form for; none if it can say everything. */
export function unsayable({ messages }: ConverseRequest, param: string, readsPdf: boolean): Unable | undefined {
  const blocks = (messages ?? []).flatMap(({ content }) => content ?? []);
  const results = blocks.flatMap(({ toolResult }) => toolResult?.content ?? []);
  if (results.some(({ image, document }) => image ?? document)) {
    return { cannot: param, why: "this model doesn't accept images or documents from tools" };
  }
  if (!readsPdf && blocks.some(({ document }) => document?.format === 'pdf')) {
    return { cannot: param, why: "this model doesn't support PDF" };
  }
  return undefined;
}
