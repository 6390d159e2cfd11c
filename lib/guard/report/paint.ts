import { styleText } from 'node:util';

/** The styles of a text; without colour, all of them are plain. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly grave: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly dim: (text: string) => string;
}

const plain = (text: string) => text;
export const PLAIN: Paint = { bold: plain, grave: plain, warning: plain, dim: plain };

export const COLOURED: Paint = {
  bold: (text) => styleText('bold', text, ALWAYS),
  grave: (text) => styleText(['bold', 'red'], text, ALWAYS),
  warning: (text) => styleText('yellow', text, ALWAYS),
  dim: (text) => styleText('dim', text, ALWAYS),
};

/** `usesColour` alone decides whether to colour. */
const ALWAYS = { validateStream: false };

/** Whether to colour a stream: a terminal, unless `NO_COLOR` is set; `FORCE_COLOR` takes precedence over both. */
export function usesColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && !NO_COLOR && TERM !== 'dumb';
}
