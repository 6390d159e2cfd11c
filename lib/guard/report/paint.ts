import { styleText } from 'node:util';

/** How parts of a text are shown; without colour all of them are plain. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly grave: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly dim: (text: string) => string;
}

const plain = (text: string) => text;
export const PLAIN: Paint = { bold: plain, grave: plain, warning: plain, dim: plain };

export const COLOURED: Paint = {
  bold: (text) => styleText('bold', text, UNASKED),
  grave: (text) => styleText(['bold', 'red'], text, UNASKED),
  warning: (text) => styleText('yellow', text, UNASKED),
  dim: (text) => styleText('dim', text, UNASKED),
};

/** Whether to colour is decided once, by `usesColour`. */
const UNASKED = { validateStream: false };

/** Whether a stream is to be coloured: a terminal, unless `NO_COLOR` is set; `FORCE_COLOR` decides before both. */
export function usesColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && !NO_COLOR && TERM !== 'dumb';
}
