import type { TemplateInput } from '../../guard/assembly/template-input';
import { UsageError } from '../shared/usage-error';

/** A cloud assembly that was read. */
export interface ReadAssembly {
  readonly path: string;
  readonly templates: readonly TemplateInput[];
}

/**
 * The account of each assembly.
 *
 * @throws UsageError if the stacks of one don't name one account, or two have the same
 */
export function accountsOf(assemblies: readonly ReadAssembly[]): string[] {
  const seen = new Map<string, string>();
  return assemblies.map(({ path, templates }) => {
    const accounts = [...new Set(templates.map(({ deployAccount }) => deployAccount))];
    const [account] = accounts;
    if (accounts.length !== 1 || account === undefined) {
      const found = accounts.length > 1 ? accounts.map((one) => one ?? 'none').join(', ') : 'none';
      throw new UsageError(
        `${path}: its stacks must name one account to be billed with others, found ${found}; set 'account' in residency.yaml, and synthesize again`,
      );
    }
    const same = seen.get(account);
    if (same !== undefined) {
      throw new UsageError(`${path} and ${same} are both assemblies of the account ${account}; name each account once`);
    }
    seen.set(account, path);
    return account;
  });
}
