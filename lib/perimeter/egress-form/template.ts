import { isDeepStrictEqual } from 'node:util';
import { difference } from './difference';

/** A resource as the template has it, with every override. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
}

export const ref = (logicalId: string) => ({ Ref: logicalId });
export const attribute = (logicalId: string, name: string) => ({ 'Fn::GetAtt': [logicalId, name] });

/** The logical ID of the resource whose attribute a value is; an ID of no resource if it is anything else. */
export function target(value: unknown, name: string): string {
  const logicalId = (value as { 'Fn::GetAtt'?: string[] } | undefined)?.['Fn::GetAtt']?.[0] ?? '';
  return isDeepStrictEqual(value, attribute(logicalId, name)) ? logicalId : '';
}

/** The logical ID of the resource that a value refers to; an ID of no resource if it is anything else. */
export function referred(value: unknown): string {
  const logicalId = (value as { Ref?: unknown } | undefined)?.Ref;
  return typeof logicalId === 'string' && isDeepStrictEqual(value, ref(logicalId)) ? logicalId : '';
}

/** The resources of a template that have a form, and what they are. */
export class EgressTemplate {
  /** The resources that were found as parts of the network. Only they may refer to one another. */
  public readonly parts = new Set<string>();
  /** The client subnets among them. */
  public readonly clients = new Set<string>();
  /** How the template differs from the form, as clauses. */
  public readonly problems: string[] = [];

  constructor(private readonly resources: Readonly<Record<string, TemplateResource>>) {}

  /**
   * The logical IDs of the resources of a type with exactly these values, spelled as CDK does. It serves what must exist: a resource
   * with a condition isn't one, because it may not exist once deployed. What must not exist is never looked up here.
   */
  public find(type: string, values: Readonly<Record<string, unknown>>): string[] {
    return Object.keys(this.resources).filter((logicalId) => this.differs(logicalId, type, values) === undefined);
  }

  /** The properties of a resource. */
  public properties(logicalId: string): Readonly<Record<string, unknown>> {
    return this.resources[logicalId]?.Properties ?? {};
  }

  /**
   * The only resource of a type with these values, as a part of the network; none, and a problem, if there isn't exactly one.
   *
   * @param what the resource, in words
   * @param why what happens without it, as a clause
   */
  public only(what: string, why: string, type: string, values: Readonly<Record<string, unknown>>): string | undefined {
    const found = this.find(type, values);
    const [logicalId] = found;
    if (logicalId === undefined || found.length > 1) {
      const got = found.length === 0 ? this.nearest(type, values) : found.join(', ');
      this.problems.push(`it must have ${what} because ${why}, got ${got}`);
      return undefined;
    }
    this.parts.add(logicalId);
    return logicalId;
  }

  /** Requires that a resource is one of a type with exactly these values, as a part of the network. */
  public requireForm(logicalId: string, what: string, type: string, values: Readonly<Record<string, unknown>>): void {
    const found = this.differs(logicalId, type, values);
    this.require(found === undefined, `${what} must be as it was defined, got ${found}`);
    if (this.resources[logicalId] !== undefined) this.parts.add(logicalId);
  }

  /** Requires that a resource has no properties but these, and tags: another could be a way around. */
  public requireOnly(logicalId: string, ...names: readonly string[]): void {
    for (const [name, value] of Object.entries(this.properties(logicalId))) {
      const isKnown = name === 'Tags' || names.includes(name);
      this.require(isKnown, `${logicalId} must have no property ${name}, got ${JSON.stringify(value)}`);
    }
  }

  /** Adds a problem unless something holds. */
  public require(holds: boolean, problem: string): void {
    if (!holds) this.problems.push(problem);
  }

  /** Where a resource isn't one with these values, in words; none if it is. */
  private differs(logicalId: string, type: string, values: Readonly<Record<string, unknown>>): string | undefined {
    const resource = this.resources[logicalId];
    if (resource?.Type !== type) return `no ${type} of the stack`;
    if (resource.Condition !== undefined) return `${logicalId} with the condition ${resource.Condition}`;
    const { Properties = {} } = resource;
    for (const [name, value] of Object.entries(values)) {
      const found = difference(name, value, Properties[name]);
      if (found !== undefined) return `${logicalId} with ${found}`;
    }
    return undefined;
  }

  /** The first resource of a type, and how it differs. */
  private nearest(type: string, values: Readonly<Record<string, unknown>>): string {
    const [logicalId] = Object.keys(this.resources).filter((candidate) => this.resources[candidate]?.Type === type);
    return logicalId === undefined ? 'none' : `none, but ${this.differs(logicalId, type, values)}`;
  }
}
