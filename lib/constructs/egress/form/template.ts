import { isDeepStrictEqual } from 'node:util';

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

/** The resources of a template that have a form, and what they are. */
export class EgressTemplate {
  /** The resources that were found as parts of the network. */
  public readonly parts = new Set<string>();
  /** What isn't as it must be. */
  public readonly problems: string[] = [];

  constructor(private readonly resources: Readonly<Record<string, TemplateResource>>) {}

  /**
   * The logical IDs of the resources of a type with exactly these values. A resource with a condition isn't one: it may not exist once
   * deployed.
   */
  public find(type: string, values: Readonly<Record<string, unknown>>): string[] {
    return Object.entries(this.resources)
      .filter(
        ([, { Type, Properties = {}, Condition }]) =>
          Type === type &&
          Condition === undefined &&
          Object.entries(values).every(([name, value]) => isDeepStrictEqual(Properties[name], value)),
      )
      .map(([logicalId]) => logicalId);
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
      this.problems.push(`it must have ${what} because ${why}, got ${found.length === 0 ? 'none' : found.join(', ')}`);
      return undefined;
    }
    this.parts.add(logicalId);
    return logicalId;
  }

  /** Requires that a resource is one of a type with exactly these values. */
  public requireForm(logicalId: string, what: string, type: string, values: Readonly<Record<string, unknown>>): void {
    this.require(this.find(type, values).includes(logicalId), `${what} must be as it was defined`);
  }

  /** Adds a problem unless something holds. */
  public require(holds: boolean, problem: string): void {
    if (!holds) this.problems.push(problem);
  }
}
