import { readFileSync } from 'node:fs';
import path from 'node:path';
import { classOf } from '../../lib/facts/resource-class';
import { locationLike, namedPlaces } from './location-like';
import type { PropertyPaths } from './property-paths';

const REVIEWED = path.join(__dirname, '../../lib/facts/source/location-properties.json');

/**
 * Types that aren't classified, and unclassified properties whose name suggests a location. For a property that names a host
 * or a bucket, it isn't enough that its text is scanned: it must be known whether data goes there.
 */
export interface Unclassified {
  readonly types: readonly string[];
  readonly properties: readonly string[];
}

/** Compares the types and properties of CloudFormation and aws-cdk-lib with the reviewed ones. */
export function unclassified(known: PropertyPaths, reviewed = reviewedProperties()): Unclassified {
  return {
    types: [...known.keys()].filter((type) => classOf(type) === undefined),
    properties: [...known].flatMap(([type, paths]) => {
      const classes = reviewed.get(type);
      const places = new Set(namedPlaces(paths));
      return locationLike(paths)
        .filter((pointer) => {
          const name = classes?.get(bare(pointer));
          return name === undefined || (name === 'scan' && places.has(pointer));
        })
        .map((pointer) => `${type}${pointer}`);
    }),
  };
}

/** The class of each reviewed property, by type. */
function reviewedProperties(): Map<string, Map<string, string>> {
  const { properties } = JSON.parse(readFileSync(REVIEWED, 'utf8')) as {
    properties: Record<string, Record<string, string[]>>;
  };
  return new Map(
    Object.entries(properties).map(([type, classes]) => [
      type,
      new Map(
        Object.entries(classes).flatMap(([name, pointers]) =>
          pointers.map((pointer): [string, string] => [bare(pointer), name]),
        ),
      ),
    ]),
  );
}

/** A list and its items count as one property. */
const bare = (pointer: string) => pointer.replace(/(\/\*)+$/, '');
