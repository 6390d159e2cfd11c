import * as z from 'zod/mini';

/** The name of a function tool, as OpenAI and Bedrock both allow it. */
export const functionName = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** Ids of tool calls come back from clients, which may have got them from another provider. */
export const callId = z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,64}$/));

/** A JSON schema, which is passed on as it is. */
export const jsonObject = z.record(z.string(), z.unknown());
