import { ResidencyBoundary } from '../boundary/boundary';
import { didYouMean } from '../boundary/nearest';
import { where } from '../boundary/region';
import { findRegion } from '../facts/region';
import { found } from './read/found';
import type { Problem } from './read/problem';
import { BOUNDARY_COUNTRIES, BOUNDARY_REGIONS } from './schema/boundary-schema';

/** The forms of a boundary, as messages list them. */
export const BOUNDARY_ALLOWED =
  "eu, eea, a list of countries such as '[DE, FR]', or a list of Regions such as '[eu-central-1]'";

/** The boundary that a file declares, or its problems. */
export function readBoundary(value: unknown): ResidencyBoundary | Problem[] {
  if (value === 'eu') return ResidencyBoundary.eu();
  if (value === 'eea') return ResidencyBoundary.eea();
  if (value === undefined) return [problem(`is missing; allowed: ${BOUNDARY_ALLOWED}`)];
  if (!Array.isArray(value) || value.length === 0)
    return [problem(`found ${found(value)}; allowed: ${BOUNDARY_ALLOWED}${asList(value)}`)];
  // The first code determines which of the two lists is meant.
  const regions = typeof value[0] === 'string' && value[0].includes('-');
  const codes = regions ? BOUNDARY_REGIONS : BOUNDARY_COUNTRIES;
  const wrong = value.flatMap((code, index) => {
    const text = codes.includes(code) ? again(value, index) : notAllowed(code, regions, codes);
    return text === undefined ? [] : [{ path: ['boundary', index], text }];
  });
  if (wrong.length > 0) return wrong;
  return regions ? ResidencyBoundary.regions(...value) : ResidencyBoundary.countries(...value);
}

const problem = (text: string): Problem => ({ path: ['boundary'], text });

/** A suggestion for codes without brackets, or for a misspelled word. */
function asList(value: unknown): string {
  if (typeof value !== 'string') return '';
  const codes = value.split(/[\s,]+/).filter((code) => code !== '');
  const inList = (known: readonly string[]) => codes.length > 0 && codes.every((code) => known.includes(code));
  if (inList(BOUNDARY_COUNTRIES) || inList(BOUNDARY_REGIONS)) return `; did you mean '[${codes.join(', ')}]'?`;
  return didYouMean(value, ['eu', 'eea']);
}

function again(value: readonly unknown[], index: number): string | undefined {
  return value.indexOf(value[index]) < index ? `found ${found(value[index])} a second time; remove one` : undefined;
}

function notAllowed(code: unknown, regions: boolean, codes: readonly string[]): string {
  const region = typeof code === 'string' ? findRegion(code) : undefined;
  const allowed = regions ? `Regions in the EEA: ${codes.join(', ')}` : `countries of the EEA: ${codes.join(', ')}`;
  if (region !== undefined) {
    const why = region.eea && !regions ? 'a Region in a list of countries' : `which is in ${where(region.code)}`;
    return `found ${found(code)}, ${why}; allowed: ${allowed}`;
  }
  const upper = typeof code === 'string' && !regions ? code.toUpperCase() : undefined;
  if (upper === 'EU' || upper === 'EEA')
    return `found ${found(code)} in a list; write 'boundary: ${upper.toLowerCase()}'`;
  if (upper !== undefined && codes.includes(upper))
    return `found ${found(code)}; codes are upper case; did you mean '${upper}'?`;
  if (code === false) return `found false; a country code is text, write "NO" in quotes; allowed: ${allowed}`;
  return `found ${found(code)}; allowed: ${allowed}${regions ? didYouMean(code, codes) : codeOf(code)}`;
}

/** The code of a country that is given by its English name, or by the code that EU institutions use for Greece. */
function codeOf(text: unknown): string {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  const code = text === 'EL' ? 'GR' : BOUNDARY_COUNTRIES.find((country) => names.of(country) === text);
  return code === undefined ? '' : `; did you mean '${code}'?`;
}
