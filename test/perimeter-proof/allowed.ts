import type { PolicyDocument } from '@/lib/perimeter/organization/document';
import { all, any, FALSE, type Formula, not, TRUE } from './encoding/formula';
import { IAM_RULES, type Rules } from './encoding/rules';
import { applies } from './encoding/statement';
import type { Enforcer } from './theorems/theorem';

/** The statements of documents as formulas, each made once. */
export class Statements {
  private readonly made = new Map<object, Formula>();

  constructor(private readonly rules: Rules = IAM_RULES) {}

  /** Every formula, to be encoded once. */
  get formulas(): Formula[] {
    return [...this.made.values()];
  }

  /**
   * All documents of a kind together allow a request. Service and resource control policies are attached next to AWS's own policies that allow
   * everything, so a request is allowed unless a statement denies it. A permissions boundary also must allow it.
   */
  allowed(documents: readonly PolicyDocument[], by: Enforcer): Formula {
    const statements = documents.filter(({ kind }) => kind === by).flatMap(({ content }) => content.Statement);
    const of = (effect: 'Allow' | 'Deny') =>
      any(...statements.filter(({ Effect }) => Effect === effect).map((statement) => this.applies(statement)));
    if (statements.length === 0) return by === 'permissions-boundary' ? FALSE : TRUE;
    return all(not(of('Deny')), by === 'permissions-boundary' ? of('Allow') : TRUE);
  }

  private applies(statement: PolicyDocument['content']['Statement'][number]): Formula {
    const known = this.made.get(statement);
    if (known) return known;
    const formula = applies(statement, this.rules);
    this.made.set(statement, formula);
    return formula;
  }
}
