/** The countries that are drawn on their own, by their number in ISO 3166-1, which the atlas has. Its parts of Cyprus and Finland are joined. */
export const COUNTRIES: Readonly<Record<string, string>> = {
  '020': 'AD',
  '040': 'AT',
  '056': 'BE',
  '100': 'BG',
  '191': 'HR',
  '196': 'CY',
  '203': 'CZ',
  '208': 'DK',
  '233': 'EE',
  '246': 'FI',
  '248': 'FI',
  '250': 'FR',
  '276': 'DE',
  '300': 'GR',
  '348': 'HU',
  '352': 'IS',
  '372': 'IE',
  '380': 'IT',
  '428': 'LV',
  '438': 'LI',
  '440': 'LT',
  '442': 'LU',
  '470': 'MT',
  '528': 'NL',
  '578': 'NO',
  '616': 'PL',
  '620': 'PT',
  '642': 'RO',
  '674': 'SM',
  '703': 'SK',
  '705': 'SI',
  '724': 'ES',
  '752': 'SE',
  '756': 'CH',
  '826': 'GB',
};

/** By name, because the atlas has no number for it: the EU's member state is the whole island. */
const UNNUMBERED: Readonly<Record<string, string>> = { 'N. Cyprus': 'CY' };

/** The code of a country that is drawn on its own; none for the rest of the land. */
export const codeOf = (number: unknown, name: string): string | undefined => COUNTRIES[`${number}`] ?? UNNUMBERED[name];
