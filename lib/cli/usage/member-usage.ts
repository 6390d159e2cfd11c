import { adminToken, askAdmin, workspaceUrl } from '../administration/admin-request';
import { UsageError } from '../shared/usage-error';
import type { UsageCommand } from './usage-options';
import type { Sum } from './usage-sums';

/** The use of single members, which only an auditor is shown, and only if the deployment declares it. */
export async function memberSums({ url, since, until, tenants }: UsageCommand): Promise<Sum[]> {
  const [tenant] = tenants;
  if (tenant === undefined || tenants.length > 1) {
    throw new UsageError("--by: found 'member' without exactly one workspace; name the workspace that --url leads to");
  }
  const path = `records/usage?${new URLSearchParams({ since, until })}` as const;
  const { data } = await askAdmin(workspaceUrl(url), { method: 'GET', path }, adminToken('an auditor'));
  return (data as Sum[]).map(({ member, tokens, cached, cacheWrite }) => ({
    ...{ tenant, kind: 'workspace' as const, member, tokens, cached, cacheWrite },
  }));
}
