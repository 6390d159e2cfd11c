import { visible } from '../../guard/report/visible';

/** One mistake in a file, at a place that an editor can jump to. */
export interface Mistake {
  /** The file, as the caller named it. */
  readonly file: string;
  /** Counted from 1; none when the file can't be read as text. */
  readonly line?: number;
  /** Counted from 1; none when only the line, or not even that, is known. */
  readonly column?: number;
  /** The key, such as `models[0].id`; empty when the mistake is the file's own. */
  readonly path: string;
  /** What was found, what is allowed, how to fix it. */
  readonly text: string;
}

/** Thrown when a configuration can't be used; it holds every mistake that was found, in the order of the file. */
export class ConfigError extends Error {
  static {
    // On the prototype, and the mistakes out of sight: Node prints an error's own properties after it.
    ConfigError.prototype.name = 'ConfigError';
  }

  public readonly mistakes: readonly Mistake[];

  public constructor(mistakes: readonly Mistake[]) {
    super(mistakes.map(mistakeLine).join('\n'));
    this.mistakes = mistakes;
    Object.defineProperty(this, 'mistakes', { enumerable: false });
    // Whoever prints this uncaught shall see the mistakes, not the frames of the reader.
    this.stack = this.message;
  }
}

/** A mistake as one line: `residency.yaml:12:9: models[0].id: found ...`. */
export function mistakeLine({ file, line, column, path, text }: Mistake): string {
  // A value of the file may hold what a terminal would act on.
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return visible(path === '' ? `${place}: ${text}` : `${place}: ${path}: ${text}`);
}
