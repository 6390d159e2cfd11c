import { OPEN } from '../template/hole';

const QUOTED = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')$/s;
const PIECES = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[&,]|[^&,'"]+/gs;
/** A path into the state or a variable, which may hold anything. */
const PATH = /^[$\w.\s]+$/;

/**
 * The text that a state machine puts together for an endpoint, with a hole for each part that it takes from its state: by
 * `States.Format` or, in JSONata, by `&`. A text that isn't put together so, or whose host isn't written out, is left as it is.
 */
export function computedEndpoint(text: string): string {
  const format = /^States\.Format\((.*)\)$/s.exec(text.trim())?.[1];
  const expression = /^\{%(.*)%\}$/s.exec(text.trim())?.[1];
  const result = format !== undefined ? formatted(format) : joined(expression ?? '');
  return result !== undefined && hostIsWritten(result) ? result : text;
}

/** What is taken from the state belongs to the host, or names another, unless a slash stands before it. */
function hostIsWritten(text: string): boolean {
  const [start = ''] = text.split(OPEN);
  return /^https?:\/\/[^/?#]+[/?#]/.test(start === text ? `${text}/` : start);
}

function formatted(inner: string): string | undefined {
  const [template, ...values] = operands(inner, ',') ?? [];
  if (template === undefined || template === OPEN) return undefined;
  return template.split('{}').reduce((before, after, index) => `${before}${values[index - 1] ?? OPEN}${after}`);
}

const joined = (inner: string) => operands(inner, '&')?.join('');

/** The operands between separators, a hole for each that isn't quoted; none when the text is anything else. */
function operands(inner: string, separator: string): string[] | undefined {
  const pieces = (inner.match(PIECES) ?? []).map((piece) => piece.trim()).filter((piece) => piece !== '');
  const values = pieces.filter((_, index) => index % 2 === 0);
  const separators = pieces.filter((_, index) => index % 2 === 1);
  const understood =
    pieces.length % 2 === 1 &&
    separators.every((piece) => piece === separator) &&
    values.every((piece) => QUOTED.test(piece) || PATH.test(piece));
  return understood ? values.map((piece) => (QUOTED.test(piece) ? unquoted(piece) : OPEN)) : undefined;
}

const unquoted = (piece: string) => piece.slice(1, -1).replace(/\\(.)/gs, '$1');
