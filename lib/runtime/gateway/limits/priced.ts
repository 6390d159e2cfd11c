import type { AnyDestination } from '../../../boundary/server';
import { nanoDollarsOf, type PolicyPrice, tokensByKind } from '../../../contract/token-prices';
import { finalTokens, type RequestLog } from '../../http/records/request-log';
import { ApiError } from '../errors/api-error';
import type { AdmittedPolicy } from '../policy/admitted-policy';

type Priced = Pick<AnyDestination, 'id' | 'sourceRegion'>;

/** The prices of a gateway's destinations, by which budgets in US dollars are counted. */
export class Prices {
  private readonly prices: ReadonlyMap<string, PolicyPrice>;
  /** The first model of each policy that some destination without a price may serve. */
  private readonly unpriced = new WeakMap<AdmittedPolicy, string | undefined>();

  constructor(prices: readonly PolicyPrice[] = []) {
    this.prices = new Map(prices.map((price) => [keyOf(price.id, price.region), price]));
  }

  /** Whether anything is counted in US dollars. */
  public get areKnown(): boolean {
    return this.prices.size > 0;
  }

  /** What a request cost, in billionths of a US dollar; 0 if nothing served it, or its price isn't known. */
  public costOf(log: RequestLog): number {
    const { destination } = log;
    const tokens = finalTokens(log);
    const price = destination && this.prices.get(keyOf(destination.id, destination.sourceRegion));
    return price === undefined || tokens === undefined ? 0 : nanoDollarsOf(price, tokensByKind(tokens));
  }

  /**
   * Synth refuses a budget in US dollars for a tenant that may call a destination without a price. But keys and open projects get theirs
   * at run time.
   *
   * @throws ApiError if a destination of a policy has no price, because the budget would never be used up
   */
  public require(policy: AdmittedPolicy): void {
    if (!this.unpriced.has(policy)) this.unpriced.set(policy, this.unpricedIn(policy)[0]);
    const model = this.unpriced.get(policy);
    if (model === undefined) return;
    throw new ApiError(
      403,
      'budget_unpriced',
      `the budget in US dollars can't be counted, because this gateway has no price for model '${model}'; ` +
        (this.areKnown
          ? 'use a key with a budget in tokens instead, or one that is created for models with a price only'
          : "the operator must set a budget in tokens instead, or declare one in US dollars in 'residency.yaml' and deploy"),
    );
  }

  /** The names of a policy's models that some destination without a price may serve. */
  public unpricedIn({ models }: Pick<AdmittedPolicy, 'models'>): string[] {
    const isUnpriced = ({ id, sourceRegion }: Priced) => !this.prices.has(keyOf(id, sourceRegion));
    return [...models].flatMap(([name, destinations]) => (destinations.some(isUnpriced) ? [name] : []));
  }
}

const keyOf = (id: string, region: string) => `${region} ${id}`;
