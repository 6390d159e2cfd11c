import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { ApiError, type GatewayErrorCode } from '../errors/api-error';

/** A parameter that has an effect, with its permitted values. */
export interface Honoured<S extends z.ZodMiniType = z.ZodMiniType> {
  readonly kind: 'honoured';
  readonly schema: S;
  /** Its effect here, for the compatibility page. */
  readonly note: string;
  /**
   * Its handling if the gateway stores nothing.
   *
   * @default - it is honoured too
   */
  readonly unstored?: Fixed;
  /**
   * Paths of hints within it, such as `messages[].name`, each with the values that request what happens anyway.
   *
   * @default - none
   */
  readonly hints?: Readonly<Record<string, readonly unknown[]>>;
}

/** A parameter that affects neither a promise nor the meaning of the answer: it is checked, dropped, and listed as ignored. */
export interface Hint<S extends z.ZodMiniType = z.ZodMiniType> {
  readonly kind: 'hint';
  readonly schema: S;
  /** What it means elsewhere, for the compatibility page. */
  readonly note: string;
  /** The values that request what happens anyway, and aren't listed. */
  readonly neutral: readonly unknown[];
}

/** A parameter that is accepted only with values that request what happens anyway. Without such values, it is always refused. */
export interface Fixed {
  readonly kind: 'fixed';
  /** OpenAI's default first. */
  readonly allowed: readonly unknown[];
  readonly why: string;
  /** @default - `unsupported_value`, or `unsupported_parameter` if no value is accepted */
  readonly code?: GatewayErrorCode;
  /** The differences for a project, whose content is never stored. */
  readonly inProject?: Partial<Pick<Fixed, 'allowed' | 'why' | 'code'>>;
}

/** The handling of each parameter of one endpoint. One table drives the handler and the compatibility page. */
export type ParameterTable = Readonly<Record<string, Honoured | Hint | Fixed>>;

type ReadNames<T> = { [K in keyof T]: T[K] extends Honoured | Hint ? K : never }[keyof T];
type Shape<T> = { [K in ReadNames<T>]: T[K] extends { readonly schema: infer S } ? S : never };

export const honoured = <S extends z.ZodMiniType>(note: string, schema: S): Honoured<S> => ({
  kind: 'honoured',
  schema,
  note,
});

export const hint = <S extends z.ZodMiniType>(note: string, schema: S, ...neutral: readonly unknown[]): Hint<S> => ({
  kind: 'hint',
  schema,
  note,
  neutral,
});

export const fixed = (why: string, ...allowed: readonly unknown[]): Fixed => ({ kind: 'fixed', allowed, why });

/** A parameter that is honoured if content is stored, and fixed otherwise. */
export const stored = <S extends z.ZodMiniType>(note: string, schema: S, unstored: Fixed): Honoured<S> => ({
  ...honoured(note, schema),
  unstored,
});

/** A parameter that would store content, or send it to a host outside the deployment. */
export const residency = (code: GatewayErrorCode, why: string, ...allowed: readonly unknown[]): Fixed => ({
  ...fixed(why, ...allowed),
  code,
});

/** The schema of a request with only the parameters that a table honours, and its hints. */
export function requestSchema<T extends ParameterTable>(table: T) {
  const shape = Object.entries(table).flatMap(([name, row]) => (row.kind === 'fixed' ? [] : [[name, row.schema]]));
  return z.strictObject(Object.fromEntries(shape) as Shape<T>);
}

/**
 * The body without parameters that change nothing: `null`, which OpenAI's clients send for "not set", and values that are accepted
 * without effect.
 *
 * @param keepsContent whether the tenant's content may be stored at all
 * @param stores whether this gateway stores it
 * @throws ApiError naming the first parameter whose value can't be honoured
 */
export function withoutDefaults(
  table: ParameterTable,
  body: Record<string, unknown>,
  keepsContent: boolean,
  stores = false,
): Record<string, unknown> {
  const given = Object.entries(body).filter(([, value]) => value !== null);
  for (const [param, value] of given) {
    const row = fixedRow(table, param, keepsContent, stores);
    if (row !== undefined && !isAmong(row.allowed, value)) {
      throw unsupported(param, row);
    }
  }
  return Object.fromEntries(
    given.filter(
      ([param, value]) =>
        fixedRow(table, param, keepsContent, stores) === undefined &&
        !isAmong(neutralOf(Object.hasOwn(table, param) ? table[param] : undefined), value),
    ),
  );
}

const neutralOf = (row: ParameterTable[string] | undefined) => (row?.kind === 'hint' ? row.neutral : []);

const isAmong = (values: readonly unknown[], value: unknown) =>
  values.some((candidate) => isDeepStrictEqual(candidate, value));

/** A hint of a table: its name, the steps to it, and the values that aren't listed. */
export interface HintPath {
  readonly name: string;
  readonly steps: readonly string[];
  readonly neutral: readonly unknown[];
}

/** The hints of a table, nested ones included. They are computed once, not for each request. */
export const hintsOf = (table: ParameterTable): readonly HintPath[] =>
  Object.entries(table).flatMap(([param, row]) =>
    Object.entries(
      row.kind === 'hint' ? { [param]: row.neutral } : row.kind === 'honoured' ? (row.hints ?? {}) : {},
    ).map(([name, neutral]) => ({ name, steps: name.split(/\.|(?=\[\])/), neutral })),
  );

/** The hints that a request gives, each once, however often it occurs; undefined if there are none. */
export function ignoredHints(hints: readonly HintPath[], request: unknown): readonly string[] | undefined {
  const names = hints.filter(({ steps, neutral }) => holds(request, steps, neutral)).map(({ name }) => name);
  return names.length > 0 ? names : undefined;
}

function holds(value: unknown, [step, ...rest]: readonly string[], neutral: readonly unknown[]): boolean {
  if (value === undefined || value === null) return false;
  if (step === undefined) return !isAmong(neutral, value);
  if (step === '[]') return Array.isArray(value) && value.some((item) => holds(item, rest, neutral));
  return typeof value === 'object' && holds((value as Readonly<Record<string, unknown>>)[step], rest, neutral);
}

/** The fixed row that applies to a tenant; undefined for a parameter that is honoured or unknown. */
function fixedRow(table: ParameterTable, param: string, keepsContent: boolean, stores: boolean): Fixed | undefined {
  const found = Object.hasOwn(table, param) ? table[param] : undefined;
  const row = found?.kind === 'honoured' && !stores ? found.unstored : found;
  if (row?.kind !== 'fixed') return undefined;
  return keepsContent ? row : { ...row, ...row.inProject };
}

function unsupported(param: string, { allowed, why, code }: Fixed): ApiError {
  return allowed.length === 0
    ? new ApiError(400, code ?? 'unsupported_parameter', `'${param}' is not supported: ${why}; leave it out`, { param })
    : new ApiError(
        400,
        code ?? 'unsupported_value',
        `'${param}' may only be ${allowed.map((value) => JSON.stringify(value)).join(' or ')}: ${why}`,
        { param },
      );
}
