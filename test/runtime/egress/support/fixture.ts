import type { EgressPolicy } from '@/lib/contract/policies/egress-policy';
import { connector } from '@/lib/runtime/egress/connect';
import { createEgress, type EgressOptions } from '@/lib/runtime/egress/egress';
import type { EgressLine } from '@/lib/runtime/egress/egress-line';
import { admitEgress } from '@/lib/runtime/egress/policy';
import { ProviderKeys } from '@/lib/runtime/egress/provider-keys';
import type { SecretVersion } from '@/lib/runtime/egress/secrets-client';
import { Authority } from './authority';
import { FakeProvider } from './fake-provider';
import { POLICY } from './invoke';

/** What no log, answer or error may contain. */
export const KEY = 'sk-canary-0123456789';

/** The function with a provider and secrets of a test. */
export class Fixture {
  public readonly authority = new Authority();
  public readonly provider = new FakeProvider(this.authority);
  public readonly lines: EgressLine[] = [];
  /** The secrets that were read. */
  public readonly reads: string[] = [];
  public now = 1_000_000;
  /** The present version of each secret. */
  public secret: (name: string) => SecretVersion | undefined = () => ({ version: 'v1', value: KEY });
  private readonly pair = this.authority.issue(['eu.api.openai.com', 'contoso-eu.openai.azure.com', 'api.scaleway.ai']);

  public async reset(): Promise<void> {
    this.provider.forget();
    this.lines.length = 0;
    this.reads.length = 0;
    this.secret = () => ({ version: 'v1', value: KEY });
    await this.provider.listen(this.pair);
  }

  public egress(over: Partial<EgressOptions> = {}, policy: EgressPolicy = POLICY) {
    const read = async (name: string) => {
      this.reads.push(name);
      return this.secret(name);
    };
    return createEgress({
      policy: admitEgress(policy),
      keys: new ProviderKeys(read, () => this.now),
      connect: connector(this.provider.trusting()),
      log: (line) => void this.lines.push(line),
      ...over,
    });
  }

  /** All that was contacted, secrets included. */
  public contacts(): readonly string[] {
    return [...this.reads, ...this.provider.resolved, ...this.provider.dialled];
  }

  public async close(): Promise<void> {
    await this.provider.close();
    this.authority.close();
  }
}
