import type { Finding } from '../finding';
import { LANGUAGE_EXTENSIONS, unrolled } from './language-extensions';
import { isMap } from './node';
import { type Resource, resourcesOf } from './resource';
import type { Scope } from './scope';
import { SERVERLESS, serverless } from './serverless';
import { serverlessParts } from './serverless-parts';

/** A resource to judge, and how what is found of it is told in the words of the file. */
export interface Judged {
  readonly resource: Resource;
  tell(finding: Finding): Finding;
}

/** A template as CloudFormation reads it once the transforms that are known here have run. */
export interface Processed {
  /** What values are resolved against; `Transform` names those that aren't known. */
  readonly scope: Scope;
  /** The resources of the template. */
  readonly resources: readonly Judged[];
  /** What is made of a part of a resource, and judged like a resource of that type. */
  readonly parts: readonly Judged[];
}

/** Runs the transforms of AWS that can be read from here: the language extensions and SAM. */
export function processed(given: Scope): Processed {
  const { Transform } = given.template;
  const names = transformsOf(Transform);
  if (!names.some((name) => KNOWN.includes(name))) return { scope: given, resources: untold(given), parts: [] };
  const open = (Array.isArray(Transform) ? Transform : [Transform]).filter((_, index) => !KNOWN.includes(names[index]));
  const { Transform: _, ...rest } = given.template;
  const kept = open.length > 0 ? { ...rest, Transform: open } : rest;
  const looped = names.includes(LANGUAGE_EXTENSIONS) ? unrolled(kept, given) : kept;
  if (!names.includes(SERVERLESS)) {
    const scope = { ...given, template: looped };
    return { scope, resources: untold(scope), parts: [] };
  }
  const { template, made, told } = serverless(looped, given);
  const scope = { ...given, template };
  const resources = resourcesOf(scope).filter(({ logicalId }) => !made.has(logicalId));
  return {
    scope,
    resources: resources.map((resource) => ({ resource, tell: (finding) => told(finding) })),
    parts: resources.flatMap((resource) =>
      serverlessParts(resource).map((part) => ({
        resource: part.resource,
        tell: (finding) => told(part.tell(finding)),
      })),
    ),
  };
}

const KNOWN: readonly unknown[] = [LANGUAGE_EXTENSIONS, SERVERLESS];

/** The names in the order of the list; `AWS::Include` stands there with its parameters. */
function transformsOf(transform: unknown): unknown[] {
  const list = Array.isArray(transform) ? transform : [transform];
  return list.map((item) => (isMap(item) ? item.Name : item));
}

const untold = (scope: Scope): Judged[] =>
  resourcesOf(scope).map((resource) => ({ resource, tell: (finding) => finding }));
