import { exportsByGroup, parametersOf } from '../../guard/assembly/input-scope';
import type { TemplateInput } from '../../guard/assembly/template-input';
import type { Reference } from '../../guard/template/node';
import { processed } from '../../guard/template/processed';
import type { Resource } from '../../guard/template/resource';
import { constructPath } from '../construct-path';

/** A resource of one of several stacks that are deployed together. */
export interface Placed {
  readonly stack: string;
  readonly region: string;
  readonly resource: Resource;
}

/** The resources of stacks that are deployed together, by their ids. */
export class Assembly {
  public readonly resources: readonly Placed[];
  private readonly byId: ReadonlyMap<string, Placed>;
  private readonly byType = new Map<string, Placed[]>();

  constructor(templates: readonly TemplateInput[]) {
    const exports = exportsByGroup(templates);
    this.resources = templates.flatMap((input) => {
      const { stack, template, deployRegion, group } = input;
      const parameters = parametersOf(input, deployRegion, exports);
      const { resources } = processed({ template, deployRegion, exports: exports.get(group), parameters });
      return resources.map(({ resource }) => ({ stack, region: deployRegion ?? 'unknown', resource }));
    });
    this.byId = new Map(this.resources.map((placed) => [idOf(placed.stack, placed.resource.logicalId), placed]));
    for (const placed of this.resources) {
      const { type } = placed.resource;
      const known = this.byType.get(type);
      if (known === undefined) this.byType.set(type, [placed]);
      else known.push(placed);
    }
  }

  /** The resources of a type, so that what reads them for each of many resources doesn't read all of a large assembly each time. */
  public ofType(type: string): readonly Placed[] {
    return this.byType.get(type) ?? [];
  }

  /** The resource that a reference names; none if it isn't in these stacks. */
  public find({ logicalId, stack }: Reference, from: string): Placed | undefined {
    return this.byId.get(idOf(stack ?? from, logicalId));
  }
}

/** The name of a resource in the context of a stack: its construct, with its own stack if that differs. */
export function nameIn(stack: string, placed: Placed): string {
  const name = constructPath(placed.resource);
  return placed.stack === stack ? name : `${placed.stack}/${name}`;
}

const idOf = (stack: string, logicalId: string) => `${stack}\n${logicalId}`;
