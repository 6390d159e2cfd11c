import * as z from 'zod/mini';
import { callId, functionName, jsonObject } from '../parameters/function-name';

/** A mark for the provider's cache, at any block. `scope` says who shares it elsewhere; here, a cache belongs to its account. */
export const cacheMark = z.nullish(
  z.strictObject({
    type: z.literal('ephemeral'),
    ttl: z.nullish(z.enum(['5m', '1h'])),
    scope: z.nullish(z.string().check(z.maxLength(64))),
  }),
);

export type CacheMark = NonNullable<z.infer<typeof cacheMark>>;

/** Citations aren't requested; those of an earlier answer can only be none. */
const none = z.nullish(z.array(z.unknown()).check(z.maxLength(0)));

export const textBlock = z.strictObject({
  type: z.literal('text'),
  text: z.string(),
  cache_control: cacheMark,
  citations: none,
  // Anthropic's own client adds it to a parsed answer, and may send it back.
  parsed_output: z.optional(z.unknown()),
});

const fileSource = z.strictObject({
  type: z.literal('file'),
  file_id: z.string().check(z.minLength(1), z.maxLength(128)),
});

const imageBlock = z.strictObject({
  type: z.literal('image'),
  source: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('base64'),
      media_type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp']),
      data: z.string(),
    }),
    fileSource,
  ]),
  cache_control: cacheMark,
});

const documentBlock = z.strictObject({
  type: z.literal('document'),
  source: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('base64'), media_type: z.literal('application/pdf'), data: z.string() }),
    z.strictObject({ type: z.literal('text'), media_type: z.literal('text/plain'), data: z.string() }),
    z.strictObject({
      type: z.literal('content'),
      content: z.union([z.string(), z.array(z.discriminatedUnion('type', [textBlock, imageBlock]))]),
    }),
    fileSource,
  ]),
  title: z.nullish(z.string()),
  context: z.nullish(z.string()),
  citations: z.nullish(z.strictObject({ enabled: z.optional(z.literal(false)) })),
  cache_control: cacheMark,
});

/** The name of a tool that a search of the client found. The tool itself is in `tools`. */
const toolReference = z.strictObject({
  type: z.literal('tool_reference'),
  tool_name: functionName,
  cache_control: cacheMark,
});

const toolResult = z.strictObject({
  type: z.literal('tool_result'),
  tool_use_id: callId,
  content: z.nullish(
    z.union([z.string(), z.array(z.discriminatedUnion('type', [textBlock, imageBlock, documentBlock, toolReference]))]),
  ),
  is_error: z.nullish(z.boolean()),
  cache_control: cacheMark,
});

const assistantBlock = z.discriminatedUnion('type', [
  textBlock,
  z.strictObject({
    type: z.literal('thinking'),
    thinking: z.string(),
    signature: z.nullish(z.string()),
    cache_control: cacheMark,
  }),
  z.strictObject({
    type: z.literal('redacted_thinking'),
    data: z.string().check(z.minLength(1)),
    cache_control: cacheMark,
  }),
  z.strictObject({
    type: z.literal('tool_use'),
    id: callId,
    name: functionName,
    input: jsonObject,
    caller: z.nullish(z.strictObject({ type: z.literal('direct') })),
    cache_control: cacheMark,
  }),
]);

const userBlock = z.discriminatedUnion('type', [textBlock, imageBlock, documentBlock, toolResult]);

/** A text, or blocks of text. */
export const systemContent = z.union([z.string(), z.array(z.discriminatedUnion('type', [textBlock]))]);

/** A message as Anthropic's clients send it. */
export const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('user'), content: z.union([z.string(), z.array(userBlock)]) }),
  z.strictObject({ role: z.literal('assistant'), content: z.union([z.string(), z.array(assistantBlock)]) }),
  z.strictObject({ role: z.literal('system'), content: systemContent }),
]);

export type SystemContent = z.infer<typeof systemContent>;
export type Message = z.infer<typeof message>;
export type AssistantBlock = z.infer<typeof assistantBlock>;
export type UserBlock = z.infer<typeof userBlock>;
export type ImageSource = z.infer<typeof imageBlock>['source'];
export type DocumentBlock = z.infer<typeof documentBlock>;
export type ToolResult = z.infer<typeof toolResult>;
/** A part of a message or of a tool's result. */
export type Part = Exclude<ToolResult['content'], string | null | undefined>[number];
