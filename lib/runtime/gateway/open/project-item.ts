import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { PROJECT_LIMITS } from '../../../contract/policies/gateway-policy';
import { NAME, projectLimits } from '../../../contract/schemas/gateway-schema';
import { OPEN_PROJECTS_PARTITION, type TableKey } from '../../../contract/tables';
import { OPEN_PROJECT_ID } from '../../../contract/tenant';
import type { OpenProject } from './open-project';

type Item = Record<string, AttributeValue>;

/** A name for people: one line without invisible characters. */
export const PROJECT_NAME = /^[^\s\p{C}](?:[^\p{C}\p{Zl}\p{Zp}]{0,98}[^\s\p{C}])?$/u;

/** More models than a deployment has. */
export const MOST_MODELS = 100;

const time = z.iso.datetime({ precision: 3 });

/** A row. A field that it doesn't know may mean a narrower project, so a row with one isn't read. */
const row = z.strictObject({
  pk: z.literal(OPEN_PROJECTS_PARTITION),
  sk: z.string().check(z.regex(OPEN_PROJECT_ID)),
  request: z.string().check(z.regex(/^[\w-]{43}$/)),
  name: z.optional(z.string().check(z.regex(PROJECT_NAME))),
  models: z.optional(z.array(z.string().check(z.regex(NAME))).check(z.minLength(1), z.maxLength(MOST_MODELS))),
  limits: projectLimits,
  created: time,
  capped: z.optional(time),
  ended: z.optional(time),
});

/** A project with the digest of the request that created it. */
export interface StoredProject {
  readonly project: OpenProject;
  /** SHA-256 of what was requested, in base64url, by which a repeated request is recognised. */
  readonly request: string;
}

/** A project's key in the table. */
export const projectKey = (id: string): Item =>
  ({ pk: { S: OPEN_PROJECTS_PARTITION }, sk: { S: id } }) satisfies TableKey<object>;

/** A project as an item. */
export function toProjectItem({ project, request }: StoredProject): Item {
  const { id, name, models, limits, created } = project;
  return {
    ...projectKey(id),
    request: { S: request },
    ...(name !== undefined && { name: { S: name } }),
    ...(models && { models: { L: models.map((model) => ({ S: model })) } }),
    limits: limitsAttribute(limits),
    created: { S: created.toISOString() },
  };
}

/** Limits as an attribute. */
export const limitsAttribute = (limits: OpenProject['limits']): { M: Item } => ({
  M: Object.fromEntries(
    PROJECT_LIMITS.flatMap((name) => (limits[name] === undefined ? [] : [[name, { N: `${limits[name]}` }]])),
  ),
});

/**
 * An item as a project.
 *
 * @throws if it isn't exactly a project: what isn't understood isn't served
 */
export function toStoredProject(item: Item): StoredProject {
  const read = row.safeParse(Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)])));
  if (!read.success) throw new UnreadableProject();
  const { sk: id, request, name, models, limits, created, capped, ended } = read.data;
  return {
    request,
    project: {
      id,
      ...(name !== undefined && { name }),
      ...(models && { models }),
      limits,
      created: new Date(created),
      ...(capped !== undefined && { capped: new Date(capped) }),
      ...(ended !== undefined && { ended: new Date(ended) }),
    },
  };
}

/** The error of a row that isn't a project. Its text has nothing of the row. */
export class UnreadableProject extends Error {
  public override readonly name = 'UnreadableProject';

  constructor() {
    super("an item in the table of keys doesn't have the form of an open project; restore it, or end another way");
  }
}

/** The value of an attribute of a row; undefined for a type that no row has. */
function plain({ S, N, L, M }: AttributeValue): unknown {
  if (S !== undefined) return S;
  if (N !== undefined) return Number(N);
  if (L !== undefined) return L.map(plain);
  if (M !== undefined) return Object.fromEntries(Object.entries(M).map(([name, value]) => [name, plain(value)]));
  return null;
}
