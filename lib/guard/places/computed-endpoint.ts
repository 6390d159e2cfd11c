import { UNRESOLVED } from '../template/placeholder';

const QUOTED = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')$/s;
const PIECES = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[&,]|[^&,'"]+/gs;
/** A path into the state or a variable, which may hold anything. */
const PATH = /^[$\w.\s]+$/;

/**
 * The text that a state machine assembles for an endpoint with `States.Format` or, in JSONata, with `&`: each part taken from
 * the state becomes a placeholder. A text that isn't assembled in this way, or whose host isn't a literal, is returned unchanged.
 */
export function computedEndpoint(text: string): string {
  const format = /^States\.Format\((.*)\)$/s.exec(text.trim())?.[1];
  const expression = /^\{%(.*)%\}$/s.exec(text.trim())?.[1];
  const result = format !== undefined ? formatted(format) : joined(expression ?? '');
  return result !== undefined && hostIsWritten(result) ? result : text;
}

/** Text from the state may extend or replace the host, unless a slash precedes it. */
function hostIsWritten(text: string): boolean {
  const [start = ''] = text.split(UNRESOLVED);
  return /^https?:\/\/[^/?#]+[/?#]/.test(start === text ? `${text}/` : start);
}

function formatted(inner: string): string | undefined {
  const [template, ...values] = operands(inner, ',') ?? [];
  if (template === undefined || template === UNRESOLVED) return undefined;
  return template.split('{}').reduce((before, after, index) => `${before}${values[index - 1] ?? UNRESOLVED}${after}`);
}

const joined = (inner: string) => operands(inner, '&')?.join('');

/** The operands between separators, with a placeholder for each unquoted one; none if the text has another form. */
function operands(inner: string, separator: string): string[] | undefined {
  const pieces = (inner.match(PIECES) ?? []).map((piece) => piece.trim()).filter((piece) => piece !== '');
  const values = pieces.filter((_, index) => index % 2 === 0);
  const separators = pieces.filter((_, index) => index % 2 === 1);
  const understood =
    pieces.length % 2 === 1 &&
    separators.every((piece) => piece === separator) &&
    values.every((piece) => QUOTED.test(piece) || PATH.test(piece));
  return understood ? values.map((piece) => (QUOTED.test(piece) ? unquoted(piece) : UNRESOLVED)) : undefined;
}

const unquoted = (piece: string) => piece.slice(1, -1).replace(/\\(.)/gs, '$1');
