import { callers } from './callers';
import type { Check } from './check';

/** Content of projects is never logged: invocation logging is one setting for all calls of the account in a Region. */
export const checkInvocationLogging: Check = ({ draft }) => {
  const path = ['bedrock', 'invocationLogging'];
  if (draft.bedrock?.invocationLogging === undefined || callers(draft).length === 0) return [];
  const text =
    "would log every prompt and answer of the account, including those of this file's projects, which must not be stored; " +
    "remove it, or deploy 'projects' in a separate account";
  return [{ path, text, atKey: true }];
};
