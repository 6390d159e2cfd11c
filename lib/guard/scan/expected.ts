/** What a property is for, where its name says so: there a value of the right form is judged even if no fact names it. */
export type Expected = 'zone' | 'model';

const ZONE = /(?:availability|local|wavelength)[-_]?zones?|(?:^|[-_])(?:az|zone)s?(?:[-_]?(?:id|name)s?)?$/i;
const MODEL = /model|inference[-_]?profile/i;

const known = new Map<string, Expected | undefined>();

/** What the value of a property or variable of this name is expected to be. */
export function expectedOf(name: string): Expected | undefined {
  if (known.has(name)) return known.get(name);
  const answer = ZONE.test(name) ? 'zone' : MODEL.test(name) ? 'model' : undefined;
  if (known.size >= 10_000) known.clear();
  known.set(name, answer);
  return answer;
}
