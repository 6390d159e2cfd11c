import { isMap } from '../template/node';
import type { Expression } from './configuration';
import { constantOf } from './constant';
import type { Plan, PlannedResource } from './plan';

/** Types in which version 5 of the provider has an attribute `region` with another meaning than the Region of the resource. */
const OTHER_MEANING =
  /^aws_(?:cloudformation_stack_set_instance|config_aggregate_authorization|dx_hosted_connection|servicequotas_template)$/;

/** Whether a resource names the Region in which it is created. */
export const namesRegion = ({ type, mode, values }: PlannedResource): boolean =>
  mode !== 'action' && typeof values.region === 'string' && values.region !== '' && !OTHER_MEANING.test(type);

/** Whether a resource names its Region with an expression whose value is known only after the plan is applied. */
const leavesRegionOpen = ({ type, unknown, configuration }: PlannedResource) =>
  isMap(unknown) &&
  unknown.region === true &&
  Object.hasOwn(configuration?.expressions ?? {}, 'region') &&
  !OTHER_MEANING.test(type);

/** The Region in which the provider creates a resource; none if the plan doesn't show it. */
export class Regions {
  private readonly byProvider = new Map<string, string | undefined>();

  public constructor(private readonly plan: Plan) {}

  public of(resource: PlannedResource): string | undefined {
    const { values, configuration } = resource;
    if (namesRegion(resource)) return values.region as string;
    const key = configuration?.provider_config_key;
    if (key === undefined || leavesRegionOpen(resource)) return undefined;
    if (!this.byProvider.has(key)) this.byProvider.set(key, this.ofProvider(key));
    return this.byProvider.get(key);
  }

  private ofProvider(key: string): string | undefined {
    const provider = this.plan.provider(key);
    const region = provider?.expressions.region;
    const { references = [] } = (isMap(region) ? region : {}) as Expression;
    // The provider has several instances, and the plan doesn't show which one a resource has.
    if (references.some((one) => one.startsWith('each.'))) return undefined;
    const value = provider && constantOf(region, this.plan, provider.modules).value;
    // A plan shows which variable an expression names, not what it makes of it; a data source has the result.
    const [first, ...others] = references.length > 0 || value === undefined ? this.readBy(key) : [];
    if (others.length > 0) return undefined;
    return first ?? (typeof value === 'string' && value !== '' ? value : undefined);
  }

  /** The Regions that data sources returned, which are those of their provider. */
  private readBy(key: string): readonly string[] {
    const regions = new Set<string>();
    for (const { address, type, values, configuration } of this.plan.data) {
      if (type !== 'aws_region' || configuration?.provider_config_key !== key) continue;
      const isGiven = ['name', 'region', 'endpoint'].some((name) =>
        Object.hasOwn(configuration.expressions ?? {}, name),
      );
      // One that is read again after the apply has an old value.
      if (isGiven || this.plan.resources.some((later) => later.address === address)) continue;
      const region = values.region ?? values.name;
      if (typeof region === 'string') regions.add(region);
    }
    return [...regions];
  }
}
