import type { ResidencyBoundary } from '../../boundary/boundary';
import { NO_RESOURCE } from '../declarations/declared-exception';
import type { Finding } from '../finding';
import { DeclaredPlaces, isCustomType } from '../rule/declared-places';
import type { RequiredBoundary } from '../rule/required-boundary';
import type { ResourceRule, Rule, RuleContext, TemplateRule, Violation } from '../rule/rule';
import { RULES } from '../rules';
import { stackRegion } from '../rules/stack-region';
import { nodeAt } from '../template/node-at';
import type { Json } from '../template/parse';
import { readable } from '../template/placeholder';
import { type LocatedResource, processed } from '../template/processed';
import type { Resource } from '../template/resource';
import type { ExportedValue, Scope } from '../template/scope';
import { namedPath } from './named-path';

/** What a template is checked against. */
export interface CheckContext {
  readonly boundary: ResidencyBoundary;
  /** Name of the stack or file, repeated in each finding. */
  readonly stack: string;
  /** The deploy Region; a template without one is refused as Region-agnostic. */
  readonly deployRegion?: string;
  /** Exports of the other stacks in the same assembly. */
  readonly exports?: ReadonlyMap<string, ExportedValue>;
  /**
   * Parameter values that a nested stack's parent passes to it.
   *
   * @default - the stack isn't nested
   */
  readonly parameters?: ReadonlyMap<string, ExportedValue>;
  /**
   * Places that the app's owner declares.
   *
   * @default DeclaredPlaces.none()
   */
  readonly places?: DeclaredPlaces;
  /**
   * The permissions boundary that every role and user must have.
   *
   * @default - none is required
   */
  readonly permissionsBoundary?: RequiredBoundary;
  /**
   * Object keys of the nested templates checked along with this one.
   *
   * @default - none
   */
  readonly nestedTemplates?: ReadonlySet<string>;
}

/** The number of resources checked, and the findings. */
export interface CheckResult {
  readonly resources: number;
  readonly findings: readonly Finding[];
}

const TEMPLATE_RULES = RULES.filter((rule): rule is TemplateRule => rule.appliesTo === 'template');
const RESOURCE_RULES = RULES.filter((rule): rule is ResourceRule => rule.appliesTo !== 'template');
const rulesByType = new Map<string, readonly ResourceRule[]>();

/** The rules for a type, cached by type. */
export function rulesFor(type: string): readonly ResourceRule[] {
  const known = rulesByType.get(type);
  if (known !== undefined) return known;
  const rules = RESOURCE_RULES.filter((rule) => rule.appliesTo === '*' || rule.appliesTo.includes(type));
  rulesByType.set(type, rules);
  return rules;
}

/** Longest value that a finding repeats. */
const MAX_VALUE = 160;

/**
 * Checks a final template: one pure function, called at synth, by the command, by the hook and in tests. A template in which
 * nothing leaves the boundary has no finding above `info`.
 */
export function checkTemplate(template: Json, context: CheckContext): CheckResult {
  const given: Scope = {
    template,
    deployRegion: context.deployRegion,
    exports: context.exports,
    parameters: context.parameters,
  };
  const { scope, resources, parts } = processed(given);
  const ruleContext: RuleContext = {
    boundary: context.boundary,
    scope,
    stack: context.stack,
    places: context.places ?? DeclaredPlaces.none(),
    permissionsBoundary: context.permissionsBoundary,
    nestedTemplates: context.nestedTemplates ?? new Set(),
    checkInner: (inner, deployRegion, parameters) =>
      checkTemplate(inner, { ...context, deployRegion, exports: undefined, parameters }).findings,
  };
  const findings = [
    ...TEMPLATE_RULES.flatMap((rule) =>
      violationsOf(rule, () => rule.check(ruleContext)).map((b) => ({
        ...withNamedPath(toFinding(rule, b, context), b, scope.template),
        ...(rule.id === stackRegion.id && { types: permittedTypes(resources) }),
      })),
    ),
    ...[...resources, ...parts].flatMap(({ resource, inSourceTerms }: LocatedResource) =>
      rulesFor(resource.type).flatMap((rule) =>
        violationsOf(rule, () => rule.check(resource, ruleContext)).map((b) =>
          withNamedPath(inSourceTerms(toFinding(rule, b, context, resource)), b, resource.raw),
        ),
      ),
    ),
  ];
  return { resources: resources.length, findings: unique(findings) };
}

/** A rule that fails on a template must not let it pass. */
export function violationsOf(rule: Rule, check: () => Iterable<Violation>): Violation[] {
  try {
    return [...check()];
  } catch (error) {
    return [
      { path: '', level: 'unresolved', detail: `the rule '${rule.id}' failed on it: ${(error as Error).message}` },
    ];
  }
}

export function toFinding(rule: Rule, violation: Violation, context: CheckContext, resource?: Resource): Finding {
  const { region, country } = violation.place ?? {};
  return {
    rule: rule.id,
    level: violation.level ?? 'block',
    stack: context.stack,
    ...(resource && { logicalId: resource.logicalId, type: resource.type }),
    path: violation.path,
    ...(violation.value !== undefined && { value: shortened(readable(violation.value)) }),
    ...writtenAt(violation, resource),
    ...(region || country ? { place: { region, country } } : {}),
    message: `${readable(violation.detail)}. ${rule.why}`,
    fix: violation.fix ?? rule.fix,
    documentation: rule.source,
  };
}

/** The path is named only where the finding has that of the rule, as the names are those of the resource that was checked. */
function withNamedPath(finding: Finding, { path }: Violation, root: unknown): Finding {
  const named = finding.path === path ? namedPath(root, path) : path;
  return named === path ? finding : { ...finding, namedPath: named };
}

/** The types that an exception for a whole stack may list. */
const permittedTypes = (resources: readonly LocatedResource[]) =>
  [...new Set(resources.map(({ resource }) => resource.type))]
    .filter((type) => !isCustomType(type) && type !== NO_RESOURCE)
    .sort();

/** A finding on the whole resource is about its type, which other changes of the resource leave as it is. */
function writtenAt({ path, value }: Violation, resource: Resource | undefined): { written?: string } {
  if ((value !== undefined && value.length <= MAX_VALUE) || resource === undefined || !/^\/.+\//.test(path)) return {};
  return { written: JSON.stringify(nodeAt(resource.raw, path)) };
}

const shortened = (text: string) => (text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text);

/** Merges the findings of a value that several branches repeat. */
export function unique(findings: Finding[]): Finding[] {
  return [
    ...new Map(findings.map((f) => [JSON.stringify([f.rule, f.logicalId, f.path, f.value, f.message]), f])).values(),
  ];
}
