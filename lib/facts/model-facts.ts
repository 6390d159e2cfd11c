import type { Sourced } from './types';

/** A foundation model that a Region serves itself, without cross-Region routing. */
export interface OnDemandModelFact extends Sourced {
  readonly modelId: string;
  readonly kind: ModelKind;
  readonly regions: readonly string[];
}

/** A foundation model, wherever it is served: its maker and purpose, and when it was released and ends. */
export interface ModelFact extends Sourced {
  readonly modelId: string;
  /** The provider's own name of it: `Claude Sonnet 4.5`. */
  readonly name: string;
  /** The first part of its id: `anthropic`. */
  readonly maker: string;
  readonly kind: ModelKind;
  /** The day on which Bedrock began to serve it; null if no source was read. */
  readonly releasedAt: string | null;
  /** The day from which the provider advises against it, and new customers can't use it; null if none is announced. */
  readonly legacyFrom: string | null;
  /** The day from which it is no longer served; null if none is announced. */
  readonly endsAt: string | null;
  /** The earliest day on which it can end, if only that is announced. */
  readonly endsNotBefore: string | null;
}

/**
 * What a foundation model accepts through Bedrock's Converse, besides messages: whatever else is sent is a 400. `null` means that no
 * source was read.
 */
export interface ModelTraitsFact extends Sourced {
  readonly modelId: string;
  /** Which of `temperature` and `topP` it accepts: each and both together, one at a time, or none. */
  readonly sampling: 'both' | 'one' | 'none' | null;
  /** The most stop sequences; 0 if it refuses the field. */
  readonly stopSequences: number | null;
  /** Whether it accepts system prompts. */
  readonly system: boolean | null;
  /** When it reasons: never, only if requested (`off`), unless it is switched off (`on`), or always. */
  readonly reasoning: 'none' | 'off' | 'on' | 'always' | null;
  /** How reasoning effort is requested; null if no way is known. */
  readonly effort: EffortTrait | null;
  /** Which of its reasoning it accepts in a later turn: with the provider's signature only, without one, or none. */
  readonly reasoningBack: 'signed' | 'unsigned' | 'none' | null;
  /** Bedrock itself enforces a JSON schema on the answer. */
  readonly structuredOutput: boolean;
  readonly tools: boolean;
  /** Bedrock itself enforces the schema of a tool that is `strict`. */
  readonly strictTools: boolean | null;
  /** Whether it can be required to call a tool: one by name or any, only any, or neither. */
  readonly forcedTools: 'named' | 'any' | 'none';
  /** Whether it can be required to call a tool in a request that also switches reasoning on. */
  readonly forcedToolsWithReasoning: boolean | null;
  /** Whether it accepts tools in a stream. */
  readonly streamedTools: boolean | null;
  /** Whether the last message may be the assistant's, which the answer continues. */
  readonly prefill: boolean | null;
  /** Where a cache point may stand; null if none is known. */
  readonly cachePoints: CachePointsTrait | null;
  readonly images: boolean;
  readonly documents: boolean | null;
  /** Tokens of input and output together. */
  readonly contextWindow: number | null;
  /** The most tokens of one answer. */
  readonly maxOutput: number | null;
  /** The most tokens of an answer for which no maximum is requested, if they are fewer than `maxOutput`. */
  readonly defaultOutput: number | null;
}

/** How a model is asked for reasoning effort. */
export interface EffortTrait {
  /**
   * The field of `additionalModelRequestFields`:
   *
   * - `adaptive`: `thinking` of type `adaptive`, and `output_config.effort` (Claude from 4.6)
   * - `thinking-budget`: `thinking` of type `enabled`, and a number of tokens (Claude up to 4.5)
   * - `reasoning-effort`, `reasoning-config`: a field of that name with the value (gpt-oss, DeepSeek, GLM; Qwen)
   * - `nova-reasoning`: `reasoningConfig` with `maxReasoningEffort` (Nova 2)
   */
  readonly by: 'adaptive' | 'thinking-budget' | 'reasoning-effort' | 'reasoning-config' | 'nova-reasoning';
  /** The accepted values, from the least; for a budget, those that the gateway converts to tokens. */
  readonly values: readonly string[];
  /** Those of the values with which neither sampling nor a maximum of tokens may be sent. */
  readonly alone: readonly string[];
  /** Whether the text of its reasoning is omitted unless `display` requests it. */
  readonly hidden: boolean;
}

/** Where a model's prompt cache may begin. */
export interface CachePointsTrait {
  readonly fields: readonly ('system' | 'tools' | 'messages')[];
  /** The fewest tokens before a cache point. */
  readonly minTokens: number;
  /** The most cache points of a request. */
  readonly most: number;
  /** How long a prefix may be cached. */
  readonly ttl: readonly ('5m' | '1h')[];
}

/** The purpose of a model. */
export type ModelKind = 'text' | 'embedding' | 'image' | 'video' | 'speech' | 'rerank' | 'safeguard';

/** The part of a request that a model's provider retains while the Region's retention mode is `none`. */
export interface ModelRetentionFact extends Sourced {
  readonly modelId: string;
  readonly underNone: 'served' | 'blocked' | 'unknown';
  /** Days for which content is retained; null if unknown. */
  readonly days: number | null;
  readonly keeper: string | null;
  readonly what: string;
}

/** Whether what is promised of requests through Bedrock's Converse is also true of another API of the `bedrock-runtime` endpoint. */
export interface BedrockApiFact extends Sourced {
  readonly api: 'chat-completions';
  /**
   * The promise:
   *
   * - `retention`: the retention mode of the account governs the requests, and under `none` nothing of them is retained
   * - `routing`: an inference profile routes to the same Regions as it does through Converse
   */
  readonly promise: 'retention' | 'routing';
  readonly holds: boolean;
  /** What the source says, as a clause. */
  readonly what: string;
}
