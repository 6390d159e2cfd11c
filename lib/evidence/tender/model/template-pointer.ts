/** Resources that a deployment has. They are looked up in the assembly that is given. */
export interface TemplatePointer {
  readonly kind: 'template';
  readonly type: string;
  /** A JSON pointer into the resource, with `*` for any key or index; the resource itself without it. */
  readonly at?: string;
  /** The value that must be there; any without it. */
  readonly is?: boolean | string | RegExp;
  /** A JSON pointer: resources that have something there aren't looked at. */
  readonly without?: string;
  /** Only resources with such a logical ID are looked at. */
  readonly named?: RegExp;
  /** A type of which a resource in the same template has to refer to it. */
  readonly by?: string;
  /** A type: only templates that have such a resource are looked at. */
  readonly inTemplatesWith?: string;
  /** A type: only templates that have no such resource are looked at. */
  readonly inTemplatesWithout?: string;
  /** Whether every resource that is looked at, at least one, or none has to match. */
  readonly which: 'every' | 'some' | 'none';
}

type Options = Pick<TemplatePointer, 'without' | 'named' | 'by' | 'inTemplatesWith' | 'inTemplatesWithout'>;

/** At least one resource of the type. */
export const has = (type: string, at?: string, is?: TemplatePointer['is'], options: Options = {}): TemplatePointer => ({
  ...template(type, at, is),
  ...options,
  which: 'some',
});

/** Every resource of the type, and there is one. */
export const each = (type: string, at: string, is?: TemplatePointer['is'], options: Options = {}): TemplatePointer => ({
  ...template(type, at, is),
  ...options,
  which: 'every',
});

/** No resource of the type, or none with the value there. */
export const no = (type: string, at?: string, is?: TemplatePointer['is'], options: Options = {}): TemplatePointer => ({
  ...template(type, at, is),
  ...options,
  which: 'none',
});

const template = (type: string, at?: string, is?: TemplatePointer['is']) => ({
  kind: 'template' as const,
  type,
  ...(at !== undefined && { at }),
  ...(is !== undefined && { is }),
});

/**
 * Whether it looks at what decides, not only for a resource of a type. That a type is missing, or that a resource of another type refers
 * to it, decides too.
 */
export const isDeciding = ({ at, by, which }: TemplatePointer): boolean =>
  (at !== undefined && at !== '') || by !== undefined || which === 'none';

/** As one line of text. */
export function templateText(pointer: TemplatePointer): string {
  const { type, at = '', is, without, named, by, inTemplatesWith, inTemplatesWithout, which } = pointer;
  const value = is === undefined ? '' : ` = ${is instanceof RegExp ? is.source : is}`;
  const limits = [
    ...(named === undefined ? [] : [`, named ${named.source}`]),
    ...(without === undefined ? [] : [`, without ${without}`]),
    ...(by === undefined ? [] : [`, with ${by}`]),
    ...(inTemplatesWith === undefined ? [] : [`, in templates with ${inTemplatesWith}`]),
    ...(inTemplatesWithout === undefined ? [] : [`, in templates without ${inTemplatesWithout}`]),
  ];
  return `template: ${which} ${type}${at}${value}${limits.join('')}`;
}
