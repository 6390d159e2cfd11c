import type { ResidencyBoundary } from '../../boundary/boundary';
import { type CheckContext, checkTemplate } from '../../guard/check/check-template';
import { applyDeclarations, type UsedException } from '../../guard/declarations/apply-declarations';
import { boundaryOf } from '../../guard/declarations/declarations';
import { typesOf } from '../../guard/declarations/declared-exception';
import { blocks, type Finding } from '../../guard/finding';
import { DeclaredPlaces } from '../../guard/rule/declared-places';
import type { HookPolicy } from './policy';
import type { Subject } from './subject';

/** The place of an operation's deployment, and the time of its check. */
export interface Place {
  readonly stack: string;
  readonly deployRegion: string;
  readonly now: Date;
}

/** The guard's verdict on an operation, which is allowed if there are no findings. */
export interface Verdict {
  /** The boundary that the stack was checked against. */
  readonly boundary: ResidencyBoundary;
  readonly resources: number;
  readonly findings: readonly Finding[];
  /** The exceptions that the owner declared and that were used. */
  readonly exceptions: readonly UsedException[];
}

/** The rules about exceptions themselves. An outdated exception allows nothing, which is its only requirement here. */
const ABOUT_EXCEPTIONS = ['exception-unused', 'exception-expired', 'exception-incomplete'];

/** Checks an operation's deployment against the declarations of the hook's owner. */
export function checkOperation(subject: Subject, policy: HookPolicy, place: Place): Verdict {
  const { stack, deployRegion, now } = place;
  const { declarations } = policy;
  const boundary = boundaryOf(declarations, stack, policy.boundary);
  const { resources, findings } = check(subject, {
    boundary,
    stack,
    deployRegion,
    places: new DeclaredPlaces(declarations.places),
    permissionsBoundary: declarations.permissionsBoundary,
  });
  const checked = [{ stack, types: typesOf(subject.template) }];
  const applied = applyDeclarations(findings, declarations, { now, checked });
  const found = applied.findings.filter(blocks);
  // Such a finding alone must not block an operator who has just fixed the cause of an exception.
  const only = found.every(({ rule }) => ABOUT_EXCEPTIONS.includes(rule));
  return { boundary, resources, findings: only ? [] : found, exceptions: applied.used };
}

/**
 * The template alone decides, by the defaults and allowed values of its parameters; the resolved values of a change set can only
 * add findings.
 */
function check({ template, resolved }: Subject, context: CheckContext): Pick<Verdict, 'resources' | 'findings'> {
  const { resources, findings } = checkTemplate(template, context);
  if (resolved === undefined) return { resources, findings };
  const known = new Set(findings.filter(blocks).map(key));
  const added = certain(checkTemplate(resolved, context).findings).filter((finding) => !known.has(key(finding)));
  return { resources, findings: [...findings, ...added] };
}

/**
 * Resolved properties no longer show references to resources of the same stack, and omit values that are known only after the
 * deployment. So a value that is unclear or missing there may be clear in the template. A value outside the boundary stays outside.
 */
const certain = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ level, value }) => level === 'block' && value !== undefined);

const key = ({ rule, logicalId, path, value }: Finding): string => JSON.stringify([rule, logicalId, path, value]);
