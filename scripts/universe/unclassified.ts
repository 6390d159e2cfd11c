import { readFileSync } from 'node:fs';
import path from 'node:path';
import { classOf } from '../../lib/facts/resource-class';
import { locationLike } from './location-like';
import type { PropertyPaths } from './property-paths';

const REVIEWED = path.join(__dirname, '../../lib/facts/source/location-properties.json');

/** Types that aren't classified, and unclassified properties whose name suggests a location. */
export interface Unclassified {
  readonly types: readonly string[];
  readonly properties: readonly string[];
}

/** Compares the types and properties of CloudFormation and aws-cdk-lib with the reviewed ones. */
export function unclassified(known: PropertyPaths): Unclassified {
  const reviewed = reviewedProperties();
  return {
    types: [...known.keys()].filter((type) => classOf(type) === undefined),
    properties: [...known].flatMap(([type, paths]) =>
      locationLike(paths)
        .filter((pointer) => !reviewed.get(type)?.has(bare(pointer)))
        .map((pointer) => `${type}${pointer}`),
    ),
  };
}

function reviewedProperties(): Map<string, Set<string>> {
  const { properties } = JSON.parse(readFileSync(REVIEWED, 'utf8')) as {
    properties: Record<string, Record<string, string[]>>;
  };
  return new Map(
    Object.entries(properties).map(([type, classes]) => [type, new Set(Object.values(classes).flat().map(bare))]),
  );
}

/** A list and its items count as one property. */
const bare = (pointer: string) => pointer.replace(/(\/\*)+$/, '');
