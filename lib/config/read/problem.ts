/** The path to a value in the file: keys and positions in lists, from the top. */
export type Path = readonly PropertyKey[];

/** A mistake before its line is known. */
export interface Problem {
  readonly path: Path;
  /** What was found, what is allowed, how to fix it: lower case, no full stop. */
  readonly text: string;
  /** True when the key itself is the mistake, not its value. */
  readonly atKey?: boolean;
}

/** A path as messages write it: `models[0].destinations[1].bedrock`. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      const key = String(step);
      if (!/^[A-Za-z_<][\w<-]*$/.test(key)) return `['${shortened(key)}']`;
      return index === 0 ? shortened(key) : `.${shortened(key)}`;
    })
    .join('');
}

/** Text cut to a readable length, so that a message stays one line. */
export function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
