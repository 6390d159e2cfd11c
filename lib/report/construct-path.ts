import type { Resource } from '../guard/template/resource';

/** The path of a resource's construct below the stack, without the parts that only CDK's own nesting adds; else its logical id. */
export function constructPath({ logicalId, raw }: Pick<Resource, 'logicalId' | 'raw'>): string {
  const metadata = raw.Metadata as Readonly<Record<string, unknown>> | undefined;
  const path = typeof metadata?.['aws:cdk:path'] === 'string' ? metadata['aws:cdk:path'] : logicalId;
  return (
    path
      .split('/')
      .slice(1)
      .filter((part) => part !== 'Resource')
      .join('/') || logicalId
  );
}
