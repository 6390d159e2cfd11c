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

/** The handling of each parameter of one of OpenAI's endpoints. One table drives the handler and the compatibility page. */
export type ParameterTable = Readonly<Record<string, Honoured | Fixed>>;

type HonouredNames<T> = { [K in keyof T]: T[K] extends Honoured ? K : never }[keyof T];
type Shape<T> = { [K in HonouredNames<T>]: T[K] extends Honoured<infer S> ? S : never };

export const honoured = <S extends z.ZodMiniType>(note: string, schema: S): Honoured<S> => ({
  kind: 'honoured',
  schema,
  note,
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

/** The schema of a request with only the parameters that a table honours. */
export function requestSchema<T extends ParameterTable>(table: T) {
  const shape = Object.entries(table).flatMap(([name, row]) => (row.kind === 'honoured' ? [[name, row.schema]] : []));
  return z.strictObject(Object.fromEntries(shape) as Shape<T>);
}

/**
 * The body without parameters that change nothing: `null`, which OpenAI's clients send for "not set", and values that are accepted
 * without effect.
 *
 * @param keepsContent whether the tenant's content may be stored at all
 * @param stores whether this gateway stores it
 * @throws ApiError naming the first parameter whose value can't be honoured; no parameter is ignored
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
    if (row !== undefined && !row.allowed.some((allowed) => isDeepStrictEqual(allowed, value))) {
      throw unsupported(param, row);
    }
  }
  return Object.fromEntries(given.filter(([param]) => fixedRow(table, param, keepsContent, stores) === undefined));
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
