import { COLOURED, PLAIN, usesColour } from '../guard/report/paint';

/** Says on a terminal what is being done, since a synth takes long enough to wonder. Nothing is said to a file or a pipe. */
export function progress(text: string): void {
  if (!process.stderr.isTTY) return;
  const { dim } = usesColour(process.stderr, process.env) ? COLOURED : PLAIN;
  console.error(dim(text));
}
