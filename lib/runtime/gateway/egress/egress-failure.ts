/**
 * How a call of the egress function failed that no provider answered. It has no status, because none of these failures says anything about a
 * provider: a key that the function lacks isn't one that a provider refused.
 */
export class EgressFailure extends Error {
  /**
   * @param name `EgressRefused` if the function refuses the request, isn't this gateway's to call, or has no key for the provider;
   * `EgressThrottled` if it serves as many requests as it may; `EgressFailed` if it gave no answer; `EgressUnreached` if it couldn't reach the
   * provider; `EgressBroken` if the answer can't be read
   */
  constructor(
    public override readonly name:
      | 'EgressRefused'
      | 'EgressThrottled'
      | 'EgressFailed'
      | 'EgressUnreached'
      | 'EgressBroken',
  ) {
    super('the egress function gave no answer of a provider');
  }
}
