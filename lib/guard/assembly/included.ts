import { isMap } from '../template/node';
import type { Json } from '../template/parse';

/** Reads a local file by the name that a template gives it; none if it doesn't exist or can't be read. */
interface Files {
  read(name: unknown): Json | undefined;
}

/** Whether a template gets sections from another file. */
export const includesSections = ({ Transform }: Json): boolean => [Transform].flat().some(isInclude);

/** Adds the sections that `AWS::Include` in `Transform` contains; one that would replace a section of the template stays unread. */
export function withSections(template: Json, files: Files): Json {
  const { Transform, ...sections } = template;
  const left: unknown[] = [];
  let all: Json = sections;
  for (const macro of Transform === undefined ? [] : [Transform].flat()) {
    const content = isInclude(macro) ? files.read(macro.Parameters.Location) : undefined;
    if (content === undefined || Object.keys(content).some((name) => Object.hasOwn(all, name))) left.push(macro);
    else all = { ...all, ...content };
  }
  return left.length === 0 ? all : { ...all, Transform: Array.isArray(Transform) ? left : left[0] };
}

/** Merges the content of `AWS::Include` with its sibling entries, which take precedence. */
export function included<T>(node: T, files: Files): T;
export function included(node: unknown, files: Files): unknown {
  if (Array.isArray(node)) return node.map((item) => included(item, files));
  if (!isMap(node)) return node;
  const { 'Fn::Transform': transform, ...others } = node;
  const content = isInclude(transform) ? files.read(transform.Parameters.Location) : undefined;
  const all = content === undefined ? node : { ...content, ...others };
  return Object.fromEntries(
    Object.entries(all).map(([key, value]) => [
      key,
      content !== undefined && !Object.hasOwn(others, key) ? value : included(value, files),
    ]),
  );
}

const isInclude = (transform: unknown): transform is { readonly Parameters: Json } =>
  isMap(transform) && transform.Name === 'AWS::Include' && isMap(transform.Parameters);
