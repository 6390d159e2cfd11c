import { COLOURED } from '../../guard/report/paint';
import { ReportedError } from '../../guard/report/reported-error';
import { visible } from '../../html/visible';

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

/** Thrown when a configuration can't be used. Contains every mistake, in the order of the file. */
export class ConfigError extends ReportedError {
  static {
    // On the prototype, and the mistakes out of sight: Node prints an error's own properties after it.
    ConfigError.prototype.name = 'ConfigError';
  }

  public readonly mistakes: readonly Mistake[];

  public constructor(mistakes: readonly Mistake[]) {
    super(mistakes.map(mistakeLine).join('\n'), mistakes.map(colouredLine).join('\n'));
    this.mistakes = mistakes;
    Object.defineProperty(this, 'mistakes', { enumerable: false });
  }
}

/** A mistake as one line: `residency.yaml:12:9: models[0].id: found ...`. */
export function mistakeLine(mistake: Mistake): string {
  return partsOf(mistake).join(': ');
}

const colouredLine = (mistake: Mistake): string => {
  const [place = '', ...rest] = partsOf(mistake);
  return [COLOURED.bold(place), ...rest.slice(0, -1).map(COLOURED.grave), ...rest.slice(-1)].join(': ');
};

/** The place, the key if there is one, and the text. A value of the file may hold what a terminal would act on. */
const partsOf = ({ file, line, column, path, text }: Mistake): string[] =>
  [[file, line, column].filter((part) => part !== undefined).join(':'), ...(path === '' ? [] : [path]), text].map(
    visible,
  );
