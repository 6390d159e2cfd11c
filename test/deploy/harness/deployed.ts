import { readFileSync } from 'node:fs';
import path from 'node:path';
import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { Aws } from './aws';

/** A resource of a template, with the physical id that the emulator's CloudFormation gave it. */
export interface Resource {
  readonly stack: string;
  /** The Region of its stack. */
  readonly region: string;
  readonly path: string;
  readonly type: string;
  readonly physicalId: string;
  /** Whether the template retains it when its stack is deleted. */
  readonly retained: boolean;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Resources: Record<
    string,
    {
      readonly Type: string;
      readonly DeletionPolicy?: string;
      readonly Properties?: Record<string, unknown>;
      readonly Metadata?: Record<string, string>;
    }
  >;
}

interface Artifact {
  readonly type: string;
  /** `aws://ACCOUNT/REGION`. */
  readonly environment: string;
}

/** The deployed resources, by the paths of their constructs. */
export class Deployed {
  private constructor(
    /** The Region of each stack. */
    public readonly regions: ReadonlyMap<string, string>,
    public readonly resources: readonly Resource[],
  ) {}

  /** Pairs each template of an assembly with the stack of that name, in its Region. */
  public static async read(aws: Aws, assembly: string): Promise<Deployed> {
    const manifest = JSON.parse(readFileSync(path.join(assembly, 'manifest.json'), 'utf8'));
    const stacks = Object.entries<Artifact>(manifest.artifacts).filter(
      ([, { type }]) => type === 'aws:cloudformation:stack',
    );
    const regions = new Map(stacks.map(([stack, { environment }]) => [stack, environment.split('/').at(-1) ?? '']));
    const resources = await Promise.all(
      [...regions].map(([stack, region]) => resourcesOf(new Aws(aws.endpoint, region, aws.identity), assembly, stack)),
    );
    return new Deployed(regions, resources.flat());
  }

  public get stacks(): readonly string[] {
    return [...this.regions.keys()];
  }

  public get types(): readonly string[] {
    return [...new Set(this.resources.map(({ type }) => type))].sort();
  }

  public ofType(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The only resource of a type under a construct. */
  public one(type: string, under: string): Resource {
    const found = this.ofType(type).filter(
      (resource) => resource.path.startsWith(`${under}/`) || resource.path === under,
    );
    if (found.length !== 1)
      throw new Error(`there are ${found.length} resources of type ${type} under ${under}, not one`);
    return found[0] as Resource;
  }
}

async function resourcesOf(aws: Aws, assembly: string, stack: string): Promise<Resource[]> {
  const template: Template = JSON.parse(readFileSync(path.join(assembly, `${stack}.template.json`), 'utf8'));
  const physical = new Map<string, string>();
  for await (const page of paginateListStackResources({ client: aws.cloudFormation }, { StackName: stack })) {
    for (const { LogicalResourceId, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      physical.set(LogicalResourceId ?? '', PhysicalResourceId ?? '');
    }
  }
  return Object.entries(template.Resources).map(([logicalId, resource]) => {
    const physicalId = physical.get(logicalId);
    if (physicalId === undefined) throw new Error(`${stack}: CloudFormation lists no resource ${logicalId}`);
    return {
      stack,
      region: aws.region,
      path: resource.Metadata?.['aws:cdk:path'] ?? logicalId,
      type: resource.Type,
      physicalId,
      retained: (resource.DeletionPolicy ?? 'Delete').startsWith('Retain'),
      properties: resource.Properties ?? {},
    };
  });
}
