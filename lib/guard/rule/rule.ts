import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Place } from '../../boundary/decision';
import type { Finding, Level } from '../finding';
import type { Json } from '../template/parse';
import type { Resource } from '../template/resource';
import type { ExportedValue, Scope } from '../template/scope';
import type { DeclaredPlaces } from './declared-places';

/** What a rule reports of one value; the guard adds what it knows of the rule and the resource. */
export interface Breach {
  /** JSON pointer from the resource, or from the template for a rule on the template. */
  readonly path: string;
  /** What was found and why it is refused; no full stop. */
  readonly detail: string;
  readonly value?: string;
  readonly place?: Place;
  /**
   * @default 'block'
   */
  readonly level?: Level;
  /**
   * What to do in this case.
   *
   * @default - the rule's own `fix`
   */
  readonly fix?: string;
}

/** What every rule may look at besides the resource. */
export interface RuleContext {
  readonly boundary: ResidencyBoundary;
  readonly scope: Scope;
  /** Name of the stack or file. */
  readonly stack: string;
  /** Places that their owner declares; one in a country outside is refused like any other. */
  readonly places: DeclaredPlaces;
  /** Object keys (last part of a `TemplateURL`) of the nested templates that are checked beside this one. */
  readonly nestedTemplates: ReadonlySet<string>;
  /**
   * Judges a template that stands inside a property, as this one is judged, for a Region that it is deployed to.
   *
   * @param parameters what its parameters are given
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
  /** The state that is wanted, as a sentence without full stop. */
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly source: string;
}

/** A rule on resources of certain types. */
export interface ResourceRule extends RuleData {
  /** CloudFormation types, or `*` for every resource. */
  readonly appliesTo: readonly string[] | '*';
  check(resource: Resource, context: RuleContext): Iterable<Breach>;
}

/** A rule on the template as a whole. */
export interface TemplateRule extends RuleData {
  readonly appliesTo: 'template';
  check(context: RuleContext): Iterable<Breach>;
}

export type Rule = ResourceRule | TemplateRule;
