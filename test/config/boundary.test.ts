import { readConfig } from '@/lib/config/load';
import { NO_DECLARATIONS } from '@/lib/guard/declarations/declarations';
import { linesOf } from './support';

const FORMS = "eu, eea, a list of countries such as '[DE, FR]', or a list of Regions such as '[eu-central-1]'";
const COUNTRIES =
  'countries of the EEA: AT, BE, BG, CY, CZ, DE, DK, EE, ES, FI, FR, GR, HR, HU, IE, IS, IT, LI, LT, LU, LV, MT, NL, ' +
  'NO, PL, PT, RO, SE, SI, SK';
const REGIONS =
  'Regions in the EEA: eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3, eusc-de-east-1';

test.each([
  ['eu', 'eu'],
  ['eea', 'eea'],
  ['[DE, FR]', 'DE,FR'],
  ['[NO]', 'NO'],
  ['[eu-central-1]', 'eu-central-1'],
  ['[eusc-de-east-1]', 'eusc-de-east-1'],
])('a file with only the boundary %s is accepted', (text, name) => {
  const config = readConfig(`boundary: ${text}\n`, 'residency.yaml');
  expect(config).toEqual({
    boundary: expect.objectContaining({ name }),
    declarations: NO_DECLARATIONS,
    profileRows: [],
    warnings: [],
  });
});

// biome-ignore format: one row a line
test.each([
  ['nothing', '', `1:1: boundary: found nothing; allowed: ${FORMS}`],
  ['upper case', 'EU', `1:11: boundary: found 'EU'; allowed: ${FORMS}; did you mean 'eu'?`],
  ['a word', 'europe', `1:11: boundary: found 'europe'; allowed: ${FORMS}`],
  ['a prefix', 'eu-', `1:11: boundary: found 'eu-'; allowed: ${FORMS}; did you mean 'eu'?`],
  ['codes without brackets', 'DE, FR', `1:11: boundary: found 'DE, FR'; allowed: ${FORMS}; did you mean '[DE, FR]'?`],
  ['a Region without brackets', 'eu-west-3', `1:11: boundary: found 'eu-west-3'; allowed: ${FORMS}; did you mean '[eu-west-3]'?`],
  ['an empty list', '[]', `1:11: boundary: found an empty list; allowed: ${FORMS}`],
  ['a mapping', '{ eu: true }', `1:11: boundary: found a mapping with 'eu'; allowed: ${FORMS}`],
  ['a country in lower case', '[no]', "1:12: boundary[0]: found 'no'; codes are upper case; did you mean 'NO'?"],
  ['a false for Norway', '[false]', `1:12: boundary[0]: found false; a country code is text, write "NO" in quotes; allowed: ${COUNTRIES}`],
  ['a country by its name', '[Germany]', `1:12: boundary[0]: found 'Germany'; allowed: ${COUNTRIES}; did you mean 'DE'?`],
  ["Greece's other code", '[EL]', `1:12: boundary[0]: found 'EL'; allowed: ${COUNTRIES}; did you mean 'GR'?`],
  ['a country outside the EEA', '[DE, GB]', `1:16: boundary[1]: found 'GB'; allowed: ${COUNTRIES}`],
  ['the EU in a list', '[eu]', "1:12: boundary[0]: found 'eu' in a list; write 'boundary: eu'"],
  ['a country twice', '[DE, DE]', "1:16: boundary[1]: found 'DE' a second time; remove one"],
  ['a number in the list', '[DE, 5]', `1:16: boundary[1]: found the number 5; allowed: ${COUNTRIES}`],
  ['London', '[eu-west-1, eu-west-2]', `1:23: boundary[1]: found 'eu-west-2', which is in London (GB); allowed: ${REGIONS}`],
  ['a typo in a Region', '[eu-cental-1]', `1:12: boundary[0]: found 'eu-cental-1'; allowed: ${REGIONS}; did you mean 'eu-central-1'?`],
  ['a Region among countries', '[DE, eu-west-3]', `1:16: boundary[1]: found 'eu-west-3', a Region in a list of countries; allowed: ${COUNTRIES}`],
  ['a country among Regions', '[eu-west-3, DE]', `1:23: boundary[1]: found 'DE'; allowed: ${REGIONS}`],
])('%s is refused', (_, text, line) => {
  expect(linesOf(`boundary: ${text}\n`)).toEqual([`residency.yaml:${line}`]);
});

test('a file without a boundary is refused', () => {
  expect(linesOf('{}')).toEqual([`residency.yaml:1:1: boundary: is missing; allowed: ${FORMS}`]);
});
