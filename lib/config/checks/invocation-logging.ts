import type { Check } from './check';

/** Nothing is logged of what projects ask: invocation logging is one setting for all calls of the account in a Region. */
export const checkInvocationLogging: Check = ({ draft }) => {
  const path = ['bedrock', 'invocationLogging'];
  if (draft.bedrock?.invocationLogging === undefined || (draft.projects?.length ?? 0) === 0) return [];
  const text =
    'would write every prompt and answer of the account down, also those of the projects of this file, of which nothing may be kept; ' +
    "take it out, or deploy 'projects' in an account of their own";
  return [{ path, text, atKey: true }];
};
