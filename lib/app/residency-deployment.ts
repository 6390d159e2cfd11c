import { loadConfig } from '../config/load';
import type { ResidencyConfig } from '../config/model/config';
import { ResidencyDeclarations } from '../config/residency-declarations';
import { readAssembly } from '../guard/assembly/read-assembly';
import { ResidencyApp, type ResidencyAppProps } from '../guard/cdk/residency-app';
import { withholdAssembly } from '../guard/cdk/withhold';
import { COLOURED, PLAIN, usesColour } from '../guard/report/paint';
import { ReportedError } from '../guard/report/reported-error';
import { inventory } from '../report/inventory';
import { inventoryTable } from '../report/inventory-table';
import { DeploymentStacks } from '../stacks/deployment-stacks';
import type { FoundationStack } from '../stacks/foundation-stack';
import type { ProjectsStack } from '../stacks/projects-stack';
import type { WorkspaceStack } from '../stacks/workspace-stack';
import { progress } from './progress';

/** Where the configuration of a deployment is. */
export interface ResidencyDeploymentProps {
  /**
   * The configuration, from the working folder.
   *
   * @default 'residency.yaml'
   */
  readonly config?: string;

  /**
   * A file of exceptions and places beside the configuration's own, so that it can have other code owners.
   *
   * @default - only what the configuration declares
   */
  readonly exceptions?: string;

  /**
   * Where the cloud assembly is written.
   *
   * @default - as the CDK CLI says
   */
  readonly outdir?: string;
}

/**
 * The guarded app of everything that a `residency.yaml` declares. Stacks of your own that are added to it are judged with
 * the rest.
 */
export class ResidencyDeployment extends ResidencyApp {
  /**
   * Makes, synthesizes and reports a deployment: all that the main file of an app has to do. What stops it is printed, the exit
   * code is 1, and nothing is left to deploy.
   */
  public static run(props: ResidencyDeploymentProps = {}): void {
    try {
      ResidencyDeployment.fromFile(props).report();
    } catch (error) {
      ResidencyDeployment.refuse(error);
    }
  }

  /**
   * Makes the stacks of a configuration.
   *
   * @throws if the configuration has mistakes; the message has one line for each, with its place
   */
  public static fromFile(props: ResidencyDeploymentProps = {}): ResidencyDeployment {
    const file = props.config ?? 'residency.yaml';
    progress(`reading ${file} ...`);
    const { boundary, declarations, deployment, profileRows } = loadConfig(file);
    const own = props.exceptions === undefined ? [] : [ResidencyDeclarations.fromFile(props.exceptions)._data];
    const app = new ResidencyDeployment({
      boundary,
      declarations: ResidencyDeclarations._of(declarations, ...own),
      ...(props.outdir !== undefined && { outdir: props.outdir }),
      autoSynth: false,
    });
    app.profileRows = profileRows;
    if (deployment !== undefined) app.made = new DeploymentStacks(app, deployment, boundary);
    return app;
  }

  /** Prints why there is nothing to deploy, sets the exit code, and withholds what was written. */
  public static refuse(cause: unknown): void {
    if (process.env.CDK_OUTDIR !== undefined) withholdAssembly(process.env.CDK_OUTDIR);
    console.error(cause instanceof ReportedError ? cause.textFor(process.stderr) : ((cause as Error).stack ?? cause));
    process.exitCode = 1;
  }

  private made?: DeploymentStacks;
  private profileRows: ResidencyConfig['profileRows'] = [];

  private constructor(props: ResidencyAppProps) {
    super(props);
  }

  /** What the tenants share; none when the configuration only declares a boundary. */
  public get foundation(): FoundationStack | undefined {
    return this.made?.foundation;
  }

  /** One a workspace, in the order of the file. */
  public get workspaces(): WorkspaceStack[] {
    return this.made?.workspaces ?? [];
  }

  /** All projects; none when the file has none. */
  public get projects(): ProjectsStack | undefined {
    return this.made?.projects;
  }

  /**
   * Synthesizes, and prints what is where on standard error.
   *
   * @throws if anything could leave the boundary
   */
  public report(): void {
    progress(`synthesizing, and checking what could leave ${this.boundary.label} ...`);
    const assembly = this.synth();
    const lines = inventory(readAssembly(assembly.directory).templates, this.boundary, new Date(), this.profileRows);
    const { bold } = usesColour(process.stderr, process.env) ? COLOURED : PLAIN;
    // Standard output belongs to the template that `cdk synth STACK` prints.
    if (lines.length > 0) console.error(inventoryTable(lines, bold));
    console.error(this._statement());
  }
}
