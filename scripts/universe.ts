/**
 * `npm run universe` lists the types and properties of the installed CloudFormation specification and aws-cdk-lib that aren't
 * classified. If there are any, it exits with 1: add them to lib/facts/source/location-types.json or location-properties.json, then
 * run `npm run facts`.
 */
import { knownProperties } from './universe/property-paths';
import { unclassified } from './universe/unclassified';

const known = knownProperties();
const { types, properties } = unclassified(known);
for (const type of types) console.log(`type      ${type}`);
for (const property of properties) console.log(`property  ${property}`);
console.log(`${known.size} types known, ${types.length} types and ${properties.length} properties not classified`);
process.exitCode = types.length + properties.length > 0 ? 1 : 0;
