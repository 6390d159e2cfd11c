import path from 'node:path';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { factsOf } from '../../boundary/facts-of';
import type { ProfileRow } from '../../boundary/profile-row';
import type { Inputs, TemplateInput } from '../../guard/assembly/template-input';
import { type CheckReport, checkInputs } from '../../guard/check/check-inputs';
import { boundaryOf, type Declarations, NO_DECLARATIONS } from '../../guard/declarations/declarations';
import { Assembly, type Placed } from '../../report/access/assembly';
import { constructPath } from '../../report/construct-path';
import type { ProviderDrillReport } from '../../report/provider-drill';
import type { EvidenceHead, EvidencePointer, LiveRow } from './evidence';

/** What a report checks the templates against. */
export interface EvidenceOptions {
  /** The boundary of each stack without a declared boundary of its own. */
  readonly boundary: ResidencyBoundary;
  /** Of the package. */
  readonly version: string;
  /** The day by which expiry and age are checked, `YYYY-MM-DD` in UTC. */
  readonly date: string;
  /**
   * The folder below which files are named, so that a copy of an assembly gives the same report.
   *
   * @default - files are named as they were given
   */
  readonly folder?: string;
  /**
   * The declarations of the app's owner.
   *
   * @default - nothing
   */
  readonly declarations?: Declarations;
  /**
   * Regions that the provider itself reported for profiles.
   *
   * @default - none
   */
  readonly profileRows?: readonly ProfileRow[];
  /**
   * The organisation in the head.
   *
   * @default - the head names none
   */
  readonly organisation?: EvidenceHead['organisation'];
  /**
   * What was read from the account.
   *
   * @default - the report is about the templates alone
   */
  readonly live?: readonly LiveRow[];
  /**
   * The reports of drills of providers.
   *
   * @default - none
   */
  readonly drills?: readonly ProviderDrillReport[];
}

/** What every section is made from. */
export interface EvidenceContext extends Required<Pick<EvidenceOptions, 'boundary' | 'date' | 'declarations'>> {
  readonly templates: readonly TemplateInput[];
  readonly profileRows: readonly ProfileRow[];
  readonly now: Date;
  readonly assembly: Assembly;
  /** What the guard finds. */
  readonly report: CheckReport;
  /** The boundary of a stack. */
  readonly boundaryOf: (stack: string) => ResidencyBoundary;
  /** A file as the report names it. */
  readonly fileOf: (file: string) => string;
  /** The template's file of a stack. */
  readonly fileOfStack: (stack: string) => { readonly file?: string };
}

/** Reads and checks the templates once for all sections. */
export function contextOf(inputs: Inputs, options: EvidenceOptions): EvidenceContext {
  const { templates } = inputs;
  const { date, folder, declarations = NO_DECLARATIONS, profileRows = [] } = options;
  const now = new Date(`${date}T00:00:00Z`);
  const boundary = options.boundary._withFacts(factsOf(options.boundary).at(() => now));
  const fileOf = (file: string) =>
    (folder === undefined || file === '-' ? file : path.relative(folder, file)).replaceAll(path.sep, '/');
  const files = new Map(templates.map(({ stack, file }) => [stack, fileOf(file)]));
  return {
    templates,
    boundary,
    date,
    declarations,
    profileRows,
    now,
    assembly: new Assembly(templates),
    report: checkInputs(inputs, { boundary, declarations, now, deployRegions: [] }),
    boundaryOf: (stack) => boundaryOf(declarations, stack, boundary),
    fileOf,
    fileOfStack: (stack) => {
      const file = files.get(stack);
      return file === undefined ? {} : { file };
    },
  };
}

/** Where a resource is. */
export const pointerTo = ({ stack, resource }: Placed, context: EvidenceContext): EvidencePointer => ({
  stack,
  construct: constructPath(resource),
  ...context.fileOfStack(stack),
  path: resourcePath(resource.logicalId),
});

/** The JSON pointer to a resource of a template, with what follows below the resource. */
export const resourcePath = (logicalId: string, below = ''): string =>
  `/Resources/${logicalId.replaceAll('~', '~0').replaceAll('/', '~1')}${below}`;
