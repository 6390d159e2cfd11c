import { isMap } from '../template/node';
import type { Expression } from './configuration';
import type { Plan, PlannedResource } from './plan';

/** Types in which version 5 of the provider has an attribute `region` with another meaning than the Region of the resource. */
const OTHER_MEANING =
  /^aws_(?:cloudformation_stack_set_instance|config_aggregate_authorization|dx_hosted_connection|servicequotas_template)$/;

/** Whether a resource names the Region in which it is created. */
export const namesRegion = ({ type, mode, values }: PlannedResource): boolean =>
  mode !== 'action' && typeof values.region === 'string' && values.region !== '' && !OTHER_MEANING.test(type);

/** The Region in which the provider creates a resource; none if the plan doesn't show it. */
export class Regions {
  private readonly byProvider = new Map<string, string | undefined>();

  public constructor(private readonly plan: Plan) {}

  public of(resource: PlannedResource): string | undefined {
    const { values, configuration } = resource;
    if (namesRegion(resource)) return values.region as string;
    const key = configuration?.provider_config_key;
    if (key === undefined) return undefined;
    if (!this.byProvider.has(key)) this.byProvider.set(key, this.ofProvider(key));
    return this.byProvider.get(key);
  }

  private ofProvider(key: string): string | undefined {
    const provider = this.plan.provider(key);
    const value = provider && constantOf(provider.expressions.region, this.plan, provider.modules);
    return typeof value === 'string' && value !== '' ? value : this.readBy(key);
  }

  /** The Region that a data source returned, which is that of its provider. */
  private readBy(key: string): string | undefined {
    for (const { type, values, configuration } of this.plan.data) {
      if (configuration?.provider_config_key !== key) continue;
      const isGiven = ['name', 'region', 'endpoint'].some((name) =>
        Object.hasOwn(configuration.expressions ?? {}, name),
      );
      const region = type === 'aws_region' && !isGiven ? (values.region ?? values.name) : undefined;
      if (typeof region === 'string') return region;
    }
    return undefined;
  }
}

/** The constant that an expression is, or that the variable has which is all that it refers to. */
function constantOf(expression: unknown, plan: Plan, modules: readonly string[]): unknown {
  if (!isMap(expression)) return undefined;
  const { constant_value, references } = expression as Expression;
  if (references === undefined) return constant_value;
  const name = references.length === 1 ? /^var\.(\w[\w-]*)$/.exec(references[0] ?? '')?.[1] : undefined;
  if (name === undefined) return undefined;
  const call = modules.at(-1);
  if (call === undefined) return plan.variable(name);
  const above = modules.slice(0, -1);
  const given = plan.module(above)?.module_calls?.[call]?.expressions?.[name];
  return given === undefined ? plan.module(modules)?.variables?.[name]?.default : constantOf(given, plan, above);
}
