import type { Finding } from '../finding';
import { LANGUAGE_EXTENSIONS, unrolled } from './language-extensions';
import { isMap } from './node';
import { type Resource, resourcesOf } from './resource';
import type { Scope } from './scope';
import { SERVERLESS, serverless } from './serverless';
import { serverlessParts } from './serverless-parts';

/** A resource to check, and the translation of its findings into the terms of the source file. */
export interface LocatedResource {
  readonly resource: Resource;
  inSourceTerms(finding: Finding): Finding;
}

/** A template as CloudFormation reads it after the known transforms have run. */
export interface Processed {
  /** The scope in which values are resolved; `Transform` lists the unknown transforms. */
  readonly scope: Scope;
  /** The resources of the template. */
  readonly resources: readonly LocatedResource[];
  /** Resources generated from part of another resource, checked like any resource of that type. */
  readonly parts: readonly LocatedResource[];
}

/** Runs the AWS transforms that the guard can evaluate: the language extensions and SAM. */
export function processed(given: Scope): Processed {
  const { Transform } = given.template;
  const names = transformsOf(Transform);
  if (!names.some((name) => KNOWN.includes(name))) return { scope: given, resources: unchanged(given), parts: [] };
  const open = (Array.isArray(Transform) ? Transform : [Transform]).filter((_, index) => !KNOWN.includes(names[index]));
  const { Transform: _, ...rest } = given.template;
  const remaining = open.length > 0 ? { ...rest, Transform: open } : rest;
  const looped = names.includes(LANGUAGE_EXTENSIONS) ? unrolled(remaining, given) : remaining;
  if (!names.includes(SERVERLESS)) {
    const scope = { ...given, template: looped };
    return { scope, resources: unchanged(scope), parts: [] };
  }
  const { template, made, inSourceTerms } = serverless(looped, given);
  const scope = { ...given, template };
  const resources = resourcesOf(scope).filter(({ logicalId }) => !made.has(logicalId));
  return {
    scope,
    resources: resources.map((resource) => ({ resource, inSourceTerms: (finding) => inSourceTerms(finding) })),
    parts: resources.flatMap((resource) =>
      serverlessParts(resource).map((part) => ({
        resource: part.resource,
        inSourceTerms: (finding) => inSourceTerms(part.inSourceTerms(finding)),
      })),
    ),
  };
}

const KNOWN: readonly unknown[] = [LANGUAGE_EXTENSIONS, SERVERLESS];

/** The names in the order of the list; `AWS::Include` is a mapping with parameters there. */
function transformsOf(transform: unknown): unknown[] {
  const list = Array.isArray(transform) ? transform : [transform];
  return list.map((item) => (isMap(item) ? item.Name : item));
}

const unchanged = (scope: Scope): LocatedResource[] =>
  resourcesOf(scope).map((resource) => ({ resource, inSourceTerms: (finding) => finding }));
