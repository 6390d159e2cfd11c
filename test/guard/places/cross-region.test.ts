import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PLACE_PROPERTIES } from '@/lib/facts/place-properties';
import { typesOf } from '@/lib/facts/resource-class';
import { RULES } from '@/lib/guard/rules';

const SOURCE = path.join(__dirname, '../../../lib/facts/source/location-types.json');
const { reasons } = JSON.parse(readFileSync(SOURCE, 'utf8')) as { reasons: Record<string, string> };

/** Rules that check what a type spans: its own rule, or a row for its Regions, models or destinations. */
function isChecked(type: string): boolean {
  const { region, model, destination } = PLACE_PROPERTIES[type] ?? {};
  const own = RULES.filter(({ id, appliesTo }) => id !== 'bucket-destination' && appliesTo.includes(type));
  return [region, model, destination].some(Boolean) || own.length > 0;
}

/** Types whose only destination is a bucket. */
const TO_A_BUCKET = ['AWS::DRS::LaunchConfigurationTemplate'];

test('each type that spans Regions has a rule, or a reason why it needs none', () => {
  const open = typesOf('cross-region').filter(
    (type) => !isChecked(type) && !TO_A_BUCKET.includes(type) && reasons[type] === undefined,
  );
  expect(open).toEqual([]);
});

test('no reason is given for a type that has a rule or spans no Regions', () => {
  const spanning = typesOf('cross-region');
  expect(Object.keys(reasons).filter((type) => isChecked(type) || !spanning.includes(type))).toEqual([]);
});
