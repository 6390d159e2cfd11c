import { type Decision, refused } from '../../boundary/decision';
import type { PlaceMatch } from './place-match';

/** Enough to fix a text by; a text that names more places is reported as such, once. */
const MAX_MATCHES = 50;
/** Each decision looks up the facts, so this limits the time that one text can take. */
const MAX_DECISIONS = 2000;

/** The refused places of one text, each value once. */
export class PlaceMatches {
  private readonly byValue = new Map<string, PlaceMatch>();
  private decisions = 0;
  private isFull = false;

  /** @param names the positions of IAM identities in the text, in order */
  public constructor(private readonly names: readonly RegExpExecArray[]) {}

  /** Decides on each match; a match that doesn't name a place has no decision. */
  public addAll(
    matches: Iterable<RegExpExecArray>,
    decide: (match: RegExpExecArray) => Decision | undefined,
    kind: PlaceMatch['kind'] = 'other',
  ): void {
    const seen = new Set<string>();
    let name = 0;
    for (const match of matches) {
      if (this.isFull) return;
      const end = match.index + match[0].length;
      while (name < this.names.length && endOf(this.names[name]) < end) name++;
      const isIdentityName = kind === 'code' && (this.names[name]?.index ?? Infinity) < match.index;
      // The host alone doesn't show whether it is part of a URL.
      const key = `${isIdentityName}${match.input.charAt(match.index - 1)}${match[0]}`;
      if (seen.has(key)) continue;
      seen.add(key);
      this.add({ value: match[0], kind, isIdentityName }, decide(match));
    }
  }

  /** All matches, except a Region in an ARN that is already refused. */
  public list(): PlaceMatch[] {
    const all = [...this.byValue.values()];
    const whole = all.filter((one) => !all.some((other) => other !== one && other.value.includes(one.value)));
    return this.isFull ? [...whole, MORE] : whole;
  }

  private add(match: Omit<PlaceMatch, 'decision'>, decision: Decision | undefined): void {
    this.decisions++;
    if (decision?.inside === false) this.store({ ...match, decision });
    if (this.byValue.size > MAX_MATCHES || this.decisions > MAX_DECISIONS) this.isFull = true;
  }

  private store(match: PlaceMatch): void {
    const before = this.byValue.get(match.value);
    // A value that is also used as a place isn't only a name.
    if (before === undefined || before.isIdentityName) this.byValue.set(match.value, match);
  }
}

const endOf = (match: RegExpExecArray | undefined) => (match === undefined ? 0 : match.index + match[0].length);

const MORE: PlaceMatch = {
  value: '',
  kind: 'other',
  isIdentityName: false,
  decision: refused(
    { kind: 'unknown', value: '' },
    'placeless',
    'the text names more places than are listed; review all of it',
  ),
};
