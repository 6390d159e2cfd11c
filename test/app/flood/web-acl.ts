import type { RateRule } from './declared';
import type { SeenRequest } from './seen-request';

const WINDOW = 5 * 60_000;
/**
 * WAF usually acts within half a minute
 * (docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-caveats.html).
 */
const EVERY = 30_000;

/** The rate rules of a web ACL: each counts what it blocks too, and acts only after it has compared its counts. */
export class WebAcl {
  private readonly rules: CountedRule[];
  private compared = 0;

  constructor(rules: readonly RateRule[]) {
    this.rules = rules.map((rule) => new CountedRule(rule));
  }

  public blocks(request: SeenRequest, now: number): boolean {
    while (this.compared + EVERY <= now) {
      this.compared += EVERY;
      for (const rule of this.rules) rule.compare();
    }
    // The first rule that blocks ends the evaluation.
    return this.rules.some((rule) => rule.blocks(request));
  }
}

class CountedRule {
  /** The counts of the last five minutes by half a minute, the newest first. */
  private readonly counts: Map<number, number>[] = [new Map()];
  private readonly sums = new Map<number, number>();
  private blocked = new Set<number>();

  constructor(private readonly rule: RateRule) {}

  public blocks(request: SeenRequest): boolean {
    if (!this.rule.counts(request)) return false;
    const whose = this.rule.per === 'address' ? request.address : 0;
    const [newest] = this.counts;
    newest?.set(whose, (newest.get(whose) ?? 0) + 1);
    this.sums.set(whose, (this.sums.get(whose) ?? 0) + 1);
    return this.blocked.has(whose);
  }

  public compare(): void {
    this.blocked = new Set([...this.sums].filter(([, sum]) => sum > this.rule.limit).map(([whose]) => whose));
    this.counts.unshift(new Map());
    if (this.counts.length * EVERY <= WINDOW) return;
    for (const [whose, count] of this.counts.pop() ?? []) {
      const left = (this.sums.get(whose) ?? 0) - count;
      if (left > 0) this.sums.set(whose, left);
      else this.sums.delete(whose);
    }
  }
}
