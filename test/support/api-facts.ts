import { BEDROCK_APIS } from '@/lib/facts/generated/bedrock-apis';
import type { FactLayer } from '@/lib/facts/layers';
import type { BedrockApiFact } from '@/lib/facts/model-facts';

/** A row about Chat Completions that a facts release may have; by default, one that says no to a promise. */
export const apiRow = (promise: BedrockApiFact['promise'], over: Partial<BedrockApiFact> = {}): BedrockApiFact => ({
  api: 'chat-completions',
  promise,
  holds: false,
  what: 'it says so',
  source: 'test',
  asOf: '2026-11-30',
  confidence: 'high',
  ...over,
});

/** A facts release with rows about APIs. */
export const releaseOf = (...bedrockApis: BedrockApiFact[]): FactLayer => ({
  origin: { kind: 'release', version: 1 },
  bedrockApis,
});

/** A facts release by which Chat Completions may serve projects; by the package's facts alone, they serve workspaces only. */
export const UNRETAINED: FactLayer = releaseOf(apiRow('retention', { holds: true }));

/** The package's rows, as if no source were good enough. */
export const DOUBTED: readonly BedrockApiFact[] = BEDROCK_APIS.map((row) => ({ ...row, confidence: 'low' }));
