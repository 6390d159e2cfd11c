import { ApiError, type GatewayErrorCode } from '../errors/api-error';

/** An object of a request that isn't validated yet. */
export type Loose = Readonly<Record<string, unknown>>;

/** Visits the objects of a list that isn't validated yet. */
export function each(list: unknown, visit: (item: Loose, index: number) => void): void {
  if (!Array.isArray(list)) return;
  list.forEach((item, index) => {
    if (typeof item === 'object' && item !== null) visit(item, index);
  });
}

/** The refusal of a part that would leave the deployment, or be stored, against its promise. */
export const refuse = (code: GatewayErrorCode, param: string, why: string) =>
  new ApiError(400, code, `'${param}' is refused: ${why}`, { param });
