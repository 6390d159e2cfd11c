import type { AdmittedPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { ReadingsStore } from '@/lib/runtime/settings/readings-store';
import type { LocalTable } from '@/test/support/local-table';

/** What a check that found all well leaves behind for a gateway. */
export async function putReadings(
  { client, name }: { readonly client: LocalTable['client']; readonly name: string },
  policy: AdmittedPolicy,
): Promise<void> {
  const store = new ReadingsStore(client, name);
  const readAt = new Date().toISOString();
  for (const { id, sourceRegion, regions } of [...policy.models.values()].flat()) {
    await store.put({ kind: 'profile', sourceRegion, id, regions, readAt });
    for (const region of [sourceRegion, ...regions]) {
      await store.put({ kind: 'region', region, mode: 'none', logging: false, readAt });
    }
  }
}
