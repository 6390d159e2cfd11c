import type { AnyDestination } from '../../../boundary/server';
import { nanoDollarsOf, type PolicyPrice, tokensByKind } from '../../../contract/token-prices';
import { finalTokens, type RequestLog } from '../../http/records/request-log';
import { ApiError } from '../errors/api-error';
import type { AdmittedPolicy } from '../policy/admitted-policy';

type Priced = Pick<AnyDestination, 'id' | 'sourceRegion'>;

/** The prices of a gateway's destinations, by which budgets in US dollars are counted. */
export class Prices {
  private readonly prices: ReadonlyMap<string, PolicyPrice>;
  /** The models of each policy that some destination without a price may serve. */
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
    if (!this.unpriced.has(policy)) this.unpriced.set(policy, this.firstUnpriced(policy));
    const model = this.unpriced.get(policy);
    if (model === undefined) return;
    throw new ApiError(
      403,
      'budget_unpriced',
      `the budget in US dollars can't be counted, because this gateway has no price for model '${model}'; the operator must ` +
        "set a budget in tokens instead, or declare one in US dollars in 'residency.yaml' and deploy",
    );
  }

  private firstUnpriced({ models }: AdmittedPolicy): string | undefined {
    const isUnpriced = ({ id, sourceRegion }: Priced) => !this.prices.has(keyOf(id, sourceRegion));
    return [...models].find(([, destinations]) => destinations.some(isUnpriced))?.[0];
  }
}

const keyOf = (id: string, region: string) => `${region} ${id}`;
