import { type Decision, refused } from '../../boundary/decision';
import type { Sighting } from './sighting';

/** As many as help whoever has to mend a text; a text that names more places says so once. */
const MAX_SIGHTINGS = 50;
/** Each is looked up in the facts, so that no text can make the check run for ever. */
const MAX_JUDGED = 2000;

/** The refused places of one text, each value once. */
export class Sightings {
  private readonly found = new Map<string, Sighting>();
  private judged = 0;
  private isFull = false;

  /** @param names where the text names identities, in order */
  public constructor(private readonly names: readonly RegExpExecArray[]) {}

  /** Judges each match; one that names no place yields no decision. */
  public addAll(
    matches: Iterable<RegExpExecArray>,
    judge: (match: RegExpExecArray) => Decision | undefined,
    kind: Sighting['kind'] = 'other',
  ): void {
    const seen = new Set<string>();
    let name = 0;
    for (const match of matches) {
      if (this.isFull) return;
      const end = match.index + match[0].length;
      while (name < this.names.length && endOf(this.names[name]) < end) name++;
      const isLabel = kind === 'code' && (this.names[name]?.index ?? Infinity) < match.index;
      // Whether a host stands in a URL isn't to be seen in the host.
      const key = `${isLabel}${match.input.charAt(match.index - 1)}${match[0]}`;
      if (seen.has(key)) continue;
      seen.add(key);
      this.add({ value: match[0], kind, isLabel }, judge(match));
    }
  }

  /** All of them, without a Region inside an ARN that is refused already. */
  public list(): Sighting[] {
    const all = [...this.found.values()];
    const whole = all.filter((one) => !all.some((other) => other !== one && other.value.includes(one.value)));
    return this.isFull ? [...whole, MORE] : whole;
  }

  private add(sighting: Omit<Sighting, 'decision'>, decision: Decision | undefined): void {
    this.judged++;
    if (decision?.inside === false) this.keep({ ...sighting, decision });
    if (this.found.size > MAX_SIGHTINGS || this.judged > MAX_JUDGED) this.isFull = true;
  }

  private keep(sighting: Sighting): void {
    const before = this.found.get(sighting.value);
    // What is also used as a place isn't a label.
    if (before === undefined || before.isLabel) this.found.set(sighting.value, sighting);
  }
}

const endOf = (match: RegExpExecArray | undefined) => (match === undefined ? 0 : match.index + match[0].length);

const MORE: Sighting = {
  value: '',
  kind: 'other',
  isLabel: false,
  decision: refused(
    { kind: 'unknown', value: '' },
    'placeless',
    'the text names more places than are listed; look at all of it',
  ),
};
