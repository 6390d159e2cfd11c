import type { ResidencyBoundary } from '../../boundary/boundary';
import { type CheckContext, checkTemplate } from '../../guard/check/check-template';
import { applyDeclarations, type UsedException } from '../../guard/declarations/apply-declarations';
import { boundaryOf } from '../../guard/declarations/declarations';
import { typesOf } from '../../guard/declarations/declared-exception';
import { blocks, type Finding } from '../../guard/finding';
import { DeclaredPlaces } from '../../guard/rule/declared-places';
import type { HookPolicy } from './policy';
import type { Subject } from './subject';

/** Where an operation would deploy to, and when it is judged. */
export interface Place {
  readonly stack: string;
  readonly deployRegion: string;
  readonly now: Date;
}

/** What the guard says of an operation; it is allowed when nothing was found. */
export interface Verdict {
  /** What the stack was judged by. */
  readonly boundary: ResidencyBoundary;
  readonly resources: number;
  readonly findings: readonly Finding[];
  /** What the owner let pass. */
  readonly exceptions: readonly UsedException[];
}

/** What is wrong with an exception itself. A row that is out of date lets nothing pass, which is all that it must not do. */
const ABOUT_EXCEPTIONS = ['exception-unused', 'exception-expired', 'exception-incomplete'];

/** Judges what an operation would deploy, by what the owner of the hook declared. */
export function judge(subject: Subject, policy: HookPolicy, place: Place): Verdict {
  const { stack, deployRegion, now } = place;
  const { declarations } = policy;
  const boundary = boundaryOf(declarations, stack, policy.boundary);
  const { resources, findings } = check(subject, {
    boundary,
    stack,
    deployRegion,
    places: new DeclaredPlaces(declarations.places),
  });
  const checked = [{ stack, types: typesOf(subject.template) }];
  const applied = applyDeclarations(findings, declarations, { now, checked });
  const found = applied.findings.filter(blocks);
  // It alone is no reason to stop whoever has just mended what an exception was for.
  const only = found.every(({ rule }) => ABOUT_EXCEPTIONS.includes(rule));
  return { boundary, resources, findings: only ? [] : found, exceptions: applied.used };
}

/**
 * The template alone decides, by the defaults and allowed values of its parameters; what a change set has resolved can only
 * add to that.
 */
function check({ template, resolved }: Subject, context: CheckContext): Pick<Verdict, 'resources' | 'findings'> {
  const { resources, findings } = checkTemplate(template, context);
  if (resolved === undefined) return { resources, findings };
  const known = new Set(findings.filter(blocks).map(key));
  const added = certain(checkTemplate(resolved, context).findings).filter((finding) => !known.has(key(finding)));
  return { resources, findings: [...findings, ...added] };
}

/**
 * Resolved properties no longer say what refers to a resource of the same stack, and leave out what is known only once it
 * is deployed. So what is unclear or missing there may be clear in the template; a value that is outside stays outside.
 */
const certain = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ level, value }) => level === 'block' && value !== undefined);

const key = ({ rule, logicalId, path, value }: Finding): string => JSON.stringify([rule, logicalId, path, value]);
