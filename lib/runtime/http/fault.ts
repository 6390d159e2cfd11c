/** The loggable part of an unexpected error: its class, and its place in the code. */
export interface Fault {
  readonly type: string;
  readonly at?: string;
}

const TYPES = ['Error', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'URIError', 'AggregateError'];

/** Describes an unexpected error without its message, which may quote the request. The stack begins with the message. */
export function describeFault(error: unknown): Fault {
  if (!(error instanceof Error)) return { type: 'other' };
  const { name, message, stack = '' } = error;
  const heading = `${name}: ${message}\n`;
  const frames = stack.startsWith(heading) ? stack.slice(heading.length) : '';
  return { type: TYPES.includes(name) ? name : 'other', at: /[\w.-]+\.m?[jt]s:\d+:\d+/.exec(frames)?.[0] };
}
