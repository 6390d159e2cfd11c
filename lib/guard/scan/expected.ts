/** A property's purpose, if its name reveals it: a value of that form is then checked even if no fact contains it. */
export type Expected = 'zone' | 'model';

const ZONE = /(?:availability|local|wavelength)[-_]?zones?|(?:^|[-_])(?:az|zone)s?(?:[-_]?(?:id|name)s?)?$/i;
const MODEL = /model|inference[-_]?profile/i;

const known = new Map<string, Expected | undefined>();

/** The expected kind of value for a property or variable with this name. */
export function expectedOf(name: string): Expected | undefined {
  if (known.has(name)) return known.get(name);
  const answer = ZONE.test(name) ? 'zone' : MODEL.test(name) ? 'model' : undefined;
  if (known.size >= 10_000) known.clear();
  known.set(name, answer);
  return answer;
}
