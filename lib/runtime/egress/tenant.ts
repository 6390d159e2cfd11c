import { EGRESS_ALIASES } from '../../contract/egress';
import { TENANT_KINDS, type TenantKind } from '../../contract/tenant';
import { Refusal } from './refusal';

/**
 * The kind of tenant whose gateway called, by the alias that it invoked: its role may invoke no other.
 *
 * @throws Refusal if the function was invoked without an alias, or by another
 */
export function tenantOf(invokedArn: string): TenantKind {
  const [arn, , service, , , type, , alias, ...rest] = invokedArn.split(':');
  const isAlias = arn === 'arn' && service === 'lambda' && type === 'function' && rest.length === 0;
  const kind = TENANT_KINDS.find((one) => isAlias && EGRESS_ALIASES[one] === alias);
  if (kind !== undefined) return kind;
  throw new Refusal('it was invoked by no alias of a kind of tenant');
}
