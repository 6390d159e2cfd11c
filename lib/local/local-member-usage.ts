import { dayTokens } from '../contract/tables';
import type { MemberUsage, UseOfMember } from '../runtime/records/member-usage';
import type { Store } from './store';

/** The tokens of each member of a workspace, in the store of `serve`, which counts no caches. */
export class LocalMemberUsage implements MemberUsage {
  constructor(
    private readonly store: Store,
    private readonly workspace: string,
  ) {}

  public async of(first: string, last: string): Promise<readonly UseOfMember[]> {
    const sums = new Map<string, number>();
    const sql = 'SELECT name, count FROM counter WHERE tenant = ? AND name >= ? AND name <= ?';
    for (const { name, count } of this.store.all(sql, this.workspace, dayTokens(first), `${dayTokens(last)}#~`)) {
      const member = String(name).split('#')[2];
      if (member !== undefined) sums.set(member, (sums.get(member) ?? 0) + Number(count));
    }
    return [...sums]
      .map(([member, tokens]) => ({ member, tokens, cached: 0, cacheWrite: 0 }))
      .sort((one, other) => other.tokens - one.tokens);
  }
}
