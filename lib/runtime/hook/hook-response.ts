/** The answer that CloudFormation reads. */
export interface HookResponse {
  readonly hookStatus: 'SUCCESS' | 'FAILED';
  readonly errorCode?: 'NonCompliant' | 'InternalFailure';
  readonly message: string;
  readonly clientRequestToken: string;
}

/** CloudFormation shows 4,096 characters and Cloud Control 1,024; the first findings fit in both. */
export const MAX_MESSAGE = 2_000;

export const allowed = (clientRequestToken: string, message: string): HookResponse => ({
  hookStatus: 'SUCCESS',
  message: clipped(message, MAX_MESSAGE),
  clientRequestToken,
});

export const refused = (
  clientRequestToken: string,
  errorCode: 'NonCompliant' | 'InternalFailure',
  message: string,
): HookResponse => ({ hookStatus: 'FAILED', errorCode, message: clipped(message, MAX_MESSAGE), clientRequestToken });

export const clipped = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;
