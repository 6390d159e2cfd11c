import * as z from 'zod/mini';

/** The name of a function tool, in the form that both OpenAI and Bedrock accept. */
export const functionName = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** Clients send the IDs of tool calls back, possibly from another provider. */
export const callId = z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,64}$/));

/** An object that is passed on unchanged, or ignored. */
export const jsonObject = z.record(z.string(), z.unknown());
