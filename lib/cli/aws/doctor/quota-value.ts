import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { QuotaFact } from '../../../facts/types';
import { type Caller, clientSettings } from '../caller';

/** The call that `quotaValue` makes, as a policy names it. */
export const READS_QUOTA = 'servicequotas:GetServiceQuota';

/**
 * The value of a quota of the account in a Region.
 *
 * @throws if AWS refuses the call, or answers without a value
 */
export async function quotaValue(
  caller: Caller,
  region: string,
  { service, code }: Pick<QuotaFact, 'service' | 'code'>,
): Promise<number> {
  const client = new ServiceQuotasClient(clientSettings(caller, 'servicequotas', region));
  const { Quota } = await client.send(new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code }));
  const value = Quota?.Value;
  if (value === undefined) throw new TypeError('no value');
  return value;
}
