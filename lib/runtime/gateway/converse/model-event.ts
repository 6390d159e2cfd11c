/** A step of a model, as it happens; a whole answer is the same events at once. */
export type ModelEvent =
  | { readonly type: 'text'; readonly delta: string }
  | { readonly type: 'reasoning'; readonly delta: string }
  /** The proof that the provider needs to accept its reasoning in the next turn. */
  | { readonly type: 'reasoning-proof'; readonly signature?: string; readonly redacted?: string }
  | { readonly type: 'tool-call'; readonly id: string; readonly name: string }
  /** A piece of the JSON of the last tool call's arguments. */
  | { readonly type: 'tool-arguments'; readonly delta: string }
  /** The last text, reasoning or tool call is complete. */
  | { readonly type: 'block-end' }
  /** `intervened`: a guardrail replaced the answer, or part of it. */
  | { readonly type: 'end'; readonly finish: Finish; readonly intervened?: true; readonly detail?: FinishDetail }
  | { readonly type: 'usage'; readonly usage: ModelUsage };

/** The reason why a model stopped. */
export type Finish = 'stop' | 'length' | 'tool_calls' | 'content_filter';

/** What Anthropic's API distinguishes within `stop` and `length`. */
export type FinishDetail = 'stop_sequence' | 'model_context_window_exceeded';

/** Tokens, as OpenAI counts them: `prompt` includes cached tokens, and `completion` includes reasoning. */
export interface ModelUsage {
  readonly prompt: number;
  readonly completion: number;
  readonly cached: number;
  readonly cacheWrite: number;
  readonly reasoning: number;
}
