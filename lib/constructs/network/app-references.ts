import {
  CfnElement,
  CfnOutput,
  CfnParameter,
  CfnResource,
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
  Tokenization,
} from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** A resource as its template has it, with every override, and what its properties name. */
export interface RenderedResource {
  readonly type: string;
  /** The values, in which `Fn::Target` stands for a reference of CDK. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly mentions: readonly Mention[];
}

/** A place in the properties of a resource that names an element of the app, in whichever stack and spelling. */
export interface Mention {
  readonly path: readonly string[];
  readonly target: CfnElement;
}

/**
 * What the resources of an app refer to. CDK's own references name their target, also across stacks and before they are exported. A
 * `Ref`, `Fn::GetAtt`, `Fn::Sub` or `Fn::ImportValue` that was written by hand is looked up.
 */
export class AppReferences {
  /** The resources of all stacks. */
  public readonly resources: readonly CfnResource[];
  private readonly elements: readonly CfnElement[];
  private readonly byStack = new Map<Stack, ReadonlyMap<string, CfnElement>>();
  private outputs?: ReadonlyMap<string, Mention[]>;

  constructor(root: IConstruct) {
    this.elements = root.node.findAll().filter(CfnElement.isCfnElement);
    this.resources = this.elements.filter(CfnResource.isCfnResource);
  }

  /** Renders a resource. */
  public render(resource: CfnResource): RenderedResource {
    const { value, targets } = rendered(resource);
    const [definition] = Object.values((value as { Resources?: Record<string, Definition> }).Resources ?? {});
    const properties = definition?.Properties ?? {};
    const mentions = [...this.mentions(properties, [], Stack.of(resource), targets)];
    return { type: definition?.Type ?? resource.cfnResourceType, properties, mentions };
  }

  private *mentions(value: unknown, path: readonly string[], stack: Stack, targets: readonly CfnElement[]): Found {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      const target = key === TARGET ? targets[Number(part)] : undefined;
      if (target !== undefined) yield* this.at(path, target);
      else if (key === 'Fn::ImportValue' && typeof part === 'string') {
        for (const { target: exported } of this.exports().get(part) ?? []) yield { path, target: exported };
      } else {
        for (const logicalId of namedBy(key, part)) {
          const named = this.in(stack).get(logicalId);
          if (named !== undefined) yield* this.at(path, named);
        }
        yield* this.mentions(part, /^(Ref$|Fn::)/.test(key) ? path : [...path, key], stack, targets);
      }
    }
  }

  private *at(path: readonly string[], target: CfnElement): Found {
    yield { path, target };
    const nested = target.stack.nestedStackResource;
    if (!(target instanceof CfnParameter) || nested === undefined) return;
    // The parameter of a nested stack stands for what its parent passes.
    const name = target.stack.resolve(target.logicalId);
    for (const passed of this.render(nested as CfnResource).mentions)
      if (passed.path[1] === name) yield { path, target: passed.target };
  }

  private in(stack: Stack): ReadonlyMap<string, CfnElement> {
    const known = this.byStack.get(stack);
    if (known !== undefined) return known;
    const own = this.elements.filter((element) => element.stack === stack);
    const found = new Map(own.map((element) => [stack.resolve(element.logicalId) as string, element]));
    this.byStack.set(stack, found);
    return found;
  }

  private exports(): ReadonlyMap<string, Mention[]> {
    this.outputs ??= new Map(
      this.elements
        .filter((element) => element instanceof CfnOutput)
        .map((output) => {
          const { value, targets } = rendered(output);
          return [
            String(output.stack.resolve(output.exportName)),
            [...this.mentions(value, [], output.stack, targets)],
          ] as const;
        }),
    );
    return this.outputs;
  }
}

interface Definition {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

type Found = Generator<Mention, void, undefined>;

/** Looks like a function of CloudFormation, so that CDK's checks of properties accept it. */
const TARGET = 'Fn::Target';

/** The logical IDs that an intrinsic function names itself. */
function namedBy(key: string, value: unknown): string[] {
  if (key === 'Ref' && typeof value === 'string') return [value];
  const [first] = [value].flat();
  if (typeof first !== 'string') return [];
  if (key === 'Fn::GetAtt') return first.split('.').slice(0, 1);
  if (key !== 'Fn::Sub') return [];
  return [...first.matchAll(/\$\{([^!}.][^}.]*)/g)].map(([, name = '']) => name.trim());
}

/** The rendering is internal to CDK, and the only one that shows overrides. */
function rendered(element: CfnElement): { value: unknown; targets: readonly CfnElement[] } {
  const targets: CfnElement[] = [];
  const { _toCloudFormation } = element as unknown as { _toCloudFormation(): object };
  const resolver = new TargetResolver(targets);
  const value = Tokenization.resolve(_toCloudFormation.call(element), { scope: element, resolver, preparing: false });
  return { value, targets };
}

/** Leaves references unresolved, because those to other stacks resolve to their target only once CDK has prepared them. */
class TargetResolver extends DefaultTokenResolver {
  constructor(private readonly targets: CfnElement[]) {
    super({ join: (left: unknown, right: unknown) => ({ 'Fn::Join': ['', [left, right]] }) });
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, post: IPostProcessor): unknown {
    const target = targetOf(token);
    return target === undefined
      ? super.resolveToken(token, context, post)
      : { [TARGET]: this.targets.push(target) - 1 };
  }
}

/** The element that a token refers to. A weak reference, by `Stack.consumeReference`, wraps the reference itself. */
export function targetOf(token: object): CfnElement | undefined {
  const reference = 'reference' in token ? token.reference : token;
  if (!Reference.isReference(reference)) return undefined;
  const { target } = reference;
  return CfnElement.isCfnElement(target) ? target : undefined;
}
