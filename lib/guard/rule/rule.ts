import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Place } from '../../boundary/decision';
import type { Finding, Level } from '../finding';
import type { Json } from '../template/parse';
import type { Resource } from '../template/resource';
import type { ExportedValue, Scope } from '../template/scope';
import type { DeclaredPlaces } from './declared-places';
import type { RequiredBoundary } from './required-boundary';

/** A rule's report about one value; the guard adds the details of the rule and the resource. */
export interface Violation {
  /** JSON pointer from the resource, or from the template for a rule on the template. */
  readonly path: string;
  /** The value and why it is refused; no full stop. */
  readonly detail: string;
  readonly value?: string;
  readonly place?: Place;
  /**
   * @default 'block'
   */
  readonly level?: Level;
  /**
   * The remedy in this case.
   *
   * @default - the rule's own `fix`
   */
  readonly fix?: string;
}

/** What every rule may inspect besides the resource. */
export interface RuleContext {
  readonly boundary: ResidencyBoundary;
  readonly scope: Scope;
  /** Name of the stack or file. */
  readonly stack: string;
  /** Places that the app's owner declares; a declared country outside the boundary is refused like any other. */
  readonly places: DeclaredPlaces;
  /** The permissions boundary that every role must have; none if the owner requires none. */
  readonly permissionsBoundary?: RequiredBoundary;
  /** Object keys (last part of a `TemplateURL`) of the nested templates checked along with this one. */
  readonly nestedTemplates: ReadonlySet<string>;
  /**
   * Checks a template embedded in a property in the same way as this one, for a Region that it is deployed to.
   *
   * @param parameters values of the template's parameters
   */
  checkInner(
    template: Json,
    deployRegion: string | undefined,
    parameters: ReadonlyMap<string, ExportedValue>,
  ): readonly Finding[];
}

interface RuleData {
  /** Stable, never reused; the name of the rule's file. */
  readonly id: string;
  /** The required state, as a sentence without a full stop. */
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly source: string;
}

/** A rule for resources of certain types. */
export interface ResourceRule extends RuleData {
  /** CloudFormation types, or `*` for every resource. */
  readonly appliesTo: readonly string[] | '*';
  check(resource: Resource, context: RuleContext): Iterable<Violation>;
}

/** A rule for the template as a whole. */
export interface TemplateRule extends RuleData {
  readonly appliesTo: 'template';
  check(context: RuleContext): Iterable<Violation>;
}

export type Rule = ResourceRule | TemplateRule;
