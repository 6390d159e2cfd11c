import { ApiError, invalidPath } from './api-error';
import { type AttributePath, readPath } from './attribute-path';
import { type Attributes, attributesOf } from './read-scim';

/** An operation on one attribute. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: AttributePath;
  readonly value: unknown;
}

/** More than any client sends at once. */
const MOST = 1_000;

/**
 * The operations of a PATCH, in order. One without a path is split into one for each attribute of its value.
 *
 * @param schema the URN of the resource's core schema
 * @throws ApiError if one isn't valid
 */
export function operationsOf(body: Attributes, schema: string): Operation[] {
  const operations = body.get('operations');
  if (!Array.isArray(operations) || operations.length === 0 || operations.length > MOST) {
    throw new ApiError(400, 'scim_invalid_syntax', `'Operations' must be a list of 1 to ${MOST} operations`);
  }
  return operations.flatMap((one) => operationOf(attributesOf(one), schema));
}

function operationOf(operation: Attributes | undefined, schema: string): Operation[] {
  // Microsoft Entra ID writes `Add`, `Replace` and `Remove`.
  const op = OPS.find((known) => known === `${operation?.get('op')}`.toLowerCase());
  if (operation === undefined || op === undefined) {
    throw new ApiError(400, 'scim_invalid_syntax', "'op' of an operation must be add, replace or remove");
  }
  const value = operation.get('value');
  const path = operation.get('path');
  if (path !== undefined && path !== null) return [{ op, path: readPath(path, schema), value }];
  if (op === 'remove') throw new ApiError(400, 'scim_no_target', "an operation 'remove' must have a 'path'");
  const attributes = attributesOf(value);
  if (attributes === undefined) throw invalidPath("an operation without a 'path' must have an object as 'value'");
  return [...attributes].map(([name, one]) => ({ op, path: readPath(name, schema), value: one }));
}

const OPS = ['add', 'replace', 'remove'] as const;
