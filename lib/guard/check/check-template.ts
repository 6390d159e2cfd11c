import type { ResidencyBoundary } from '../../boundary/boundary';
import { NO_RESOURCE } from '../declarations/declared-exception';
import type { Finding } from '../finding';
import { DeclaredPlaces, isCustomType } from '../rule/declared-places';
import type { Breach, ResourceRule, Rule, RuleContext, TemplateRule } from '../rule/rule';
import { RULES } from '../rules';
import { stackRegion } from '../rules/stack-region';
import { readable } from '../template/hole';
import { nodeAt } from '../template/node-at';
import type { Json } from '../template/parse';
import { type Judged, processed } from '../template/processed';
import type { Resource } from '../template/resource';
import type { ExportedValue, Scope } from '../template/scope';
import { namedPath } from './named-path';

/** What a template is judged by. */
export interface CheckContext {
  readonly boundary: ResidencyBoundary;
  /** Name of the stack or file, repeated in each finding. */
  readonly stack: string;
  /** The Region it is deployed to; without one the template is refused as Region-agnostic. */
  readonly deployRegion?: string;
  /** Exports of the other stacks of the same assembly. */
  readonly exports?: ReadonlyMap<string, ExportedValue>;
  /**
   * What the parent of a nested stack gives its parameters.
   *
   * @default - the stack isn't nested
   */
  readonly parameters?: ReadonlyMap<string, ExportedValue>;
  /**
   * Places that their owner declares.
   *
   * @default DeclaredPlaces.none()
   */
  readonly places?: DeclaredPlaces;
  /**
   * Object keys of the nested templates that are checked beside this one.
   *
   * @default - none
   */
  readonly nestedTemplates?: ReadonlySet<string>;
}

/** What was checked, and what was found. */
export interface CheckResult {
  readonly resources: number;
  readonly findings: readonly Finding[];
}

const TEMPLATE_RULES = RULES.filter((rule): rule is TemplateRule => rule.appliesTo === 'template');
const RESOURCE_RULES = RULES.filter((rule): rule is ResourceRule => rule.appliesTo !== 'template');
const rulesByType = new Map<string, readonly ResourceRule[]>();

/** The rules for a type, found once a type. */
function rulesFor(type: string): readonly ResourceRule[] {
  const known = rulesByType.get(type);
  if (known !== undefined) return known;
  const rules = RESOURCE_RULES.filter((rule) => rule.appliesTo === '*' || rule.appliesTo.includes(type));
  rulesByType.set(type, rules);
  return rules;
}

/** Longest value that a finding repeats. */
const MAX_VALUE = 160;

/**
 * Judges a final template: one pure function, called at synth, by the command, by the hook and in tests. A template that
 * holds nothing that leaves the boundary yields no finding above `info`.
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
    nestedTemplates: context.nestedTemplates ?? new Set(),
    checkInner: (inner, deployRegion, parameters) =>
      checkTemplate(inner, { ...context, deployRegion, exports: undefined, parameters }).findings,
  };
  const findings = [
    ...TEMPLATE_RULES.flatMap((rule) =>
      breachesOf(rule, () => rule.check(ruleContext)).map((b) => ({
        ...withNamedPath(toFinding(rule, b, context), b, scope.template),
        ...(rule.id === stackRegion.id && { types: permittedTypes(resources) }),
      })),
    ),
    ...[...resources, ...parts].flatMap(({ resource, tell }: Judged) =>
      rulesFor(resource.type).flatMap((rule) =>
        breachesOf(rule, () => rule.check(resource, ruleContext)).map((b) =>
          withNamedPath(tell(toFinding(rule, b, context, resource)), b, resource.raw),
        ),
      ),
    ),
  ];
  return { resources: resources.length, findings: unique(findings) };
}

/** A rule that can't cope with a template must not let it pass. */
function breachesOf(rule: Rule, check: () => Iterable<Breach>): Breach[] {
  try {
    return [...check()];
  } catch (error) {
    return [
      { path: '', level: 'unresolved', detail: `the rule '${rule.id}' failed on it: ${(error as Error).message}` },
    ];
  }
}

function toFinding(rule: Rule, breach: Breach, context: CheckContext, resource?: Resource): Finding {
  const { region, country } = breach.place ?? {};
  return {
    rule: rule.id,
    level: breach.level ?? 'block',
    stack: context.stack,
    ...(resource && { logicalId: resource.logicalId, type: resource.type }),
    path: breach.path,
    ...(breach.value !== undefined && { value: shortened(readable(breach.value)) }),
    ...writtenAt(breach, resource),
    ...(region || country ? { place: { region, country } } : {}),
    message: `${readable(breach.detail)}. ${rule.why}`,
    fix: breach.fix ?? rule.fix,
    documentation: rule.source,
  };
}

/** The path is named only where the finding has that of the rule, as the names are those of the resource that was checked. */
function withNamedPath(finding: Finding, { path }: Breach, root: unknown): Finding {
  const named = finding.path === path ? namedPath(root, path) : path;
  return named === path ? finding : { ...finding, namedPath: named };
}

/** The types that an exception for a whole stack may list. */
const permittedTypes = (resources: readonly Judged[]) =>
  [...new Set(resources.map(({ resource }) => resource.type))]
    .filter((type) => !isCustomType(type) && type !== NO_RESOURCE)
    .sort();

/** A finding on the whole resource is about its type, which other changes of the resource leave as it is. */
function writtenAt({ path, value }: Breach, resource: Resource | undefined): { written?: string } {
  if ((value !== undefined && value.length <= MAX_VALUE) || resource === undefined || !/^\/.+\//.test(path)) return {};
  return { written: JSON.stringify(nodeAt(resource.raw, path)) };
}

const shortened = (text: string) => (text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text);

/** A value that several branches repeat is one finding. */
function unique(findings: Finding[]): Finding[] {
  return [
    ...new Map(findings.map((f) => [JSON.stringify([f.rule, f.logicalId, f.path, f.value, f.message]), f])).values(),
  ];
}
