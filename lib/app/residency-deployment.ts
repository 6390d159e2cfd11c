import { Validations } from 'aws-cdk-lib';
import { DISABLE_CREATION_STACK_TRACES } from 'aws-cdk-lib/cx-api';
import { factsOf } from '../boundary/facts-of';
import { loadConfig } from '../config/load';
import type { ModelConfig, ResidencyConfig } from '../config/model/config';
import { ResidencyDeclarations } from '../config/residency-declarations';
import { releaseWarning } from '../facts/release';
import { readAssembly } from '../guard/assembly/read-assembly';
import type { Inputs } from '../guard/assembly/template-input';
import { ResidencyApp, type ResidencyAppProps } from '../guard/cdk/residency-app';
import { withholdAssembly } from '../guard/cdk/withhold-folder';
import { COLOURED, PLAIN, usesColour } from '../guard/report/paint';
import { ReportedError } from '../guard/report/reported-error';
import { terminalWidth } from '../guard/report/terminal-width';
import { hanging } from '../guard/report/wrap';
import { deploymentWarnings } from '../report/deployment-warnings';
import { inventory } from '../report/inventory';
import { inventoryTable } from '../report/inventory-table';
import type { FoundationStack } from '../stacks/foundation-stack';
import type { ProjectsStack } from '../stacks/projects-stack';
import type { WorkspaceStack } from '../stacks/workspace-stack';
import { DeploymentStacks } from './deployment-stacks';
import { failoverNotes } from './failover-note';
import { LimitsPlugin } from './limits-plugin';
import { progress } from './progress';
import { validateAlikeOnce } from './validate-alike';
import { writeEvidence } from './write-evidence';

/** The files of a deployment. */
export interface ResidencyDeploymentProps {
  /**
   * The path of the configuration, relative to the working folder.
   *
   * @default 'residency.yaml'
   */
  readonly config?: string;

  /**
   * A file of exceptions and places in addition to the configuration's own, so that it can have other code owners.
   *
   * @default - only the declarations of the configuration
   */
  readonly exceptions?: string;

  /**
   * The folder of the cloud assembly.
   *
   * @default - the folder that the CDK CLI sets
   */
  readonly outdir?: string;
}

/**
 * The guarded app of everything that a `residency.yaml` declares. The guard also checks your own stacks that you add to it.
 */
export class ResidencyDeployment extends ResidencyApp {
  /**
   * Creates, synthesizes and reports a deployment: everything that the main file of an app needs. An error is printed, the exit
   * code is 1, and no cloud assembly is left to deploy.
   */
  public static run(props: ResidencyDeploymentProps = {}): void {
    try {
      ResidencyDeployment._alone(props).report();
    } catch (error) {
      ResidencyDeployment.refuse(error);
    }
  }

  /**
   * Creates the stacks of a configuration.
   *
   * @throws if the configuration has mistakes; the message has one line per mistake, with its position
   */
  public static fromFile(props: ResidencyDeploymentProps = {}): ResidencyDeployment {
    return ResidencyDeployment.create(props);
  }

  /**
   * The stacks of a configuration in an app to which nothing else is added. CDK validates alike templates once, and doesn't note where
   * each construct was created: that is always this package. `cdk synth --debug` notes it.
   *
   * @internal
   */
  public static _alone(props: ResidencyDeploymentProps = {}): ResidencyDeployment {
    const app = ResidencyDeployment.create(props, { [DISABLE_CREATION_STACK_TRACES]: true });
    validateAlikeOnce(
      app,
      app.workspaces.map(({ workspace }) => workspace.workspaceId),
    );
    return app;
  }

  private static create(props: ResidencyDeploymentProps, context: Record<string, unknown> = {}): ResidencyDeployment {
    const file = props.config ?? 'residency.yaml';
    progress(`reading ${file} ...`);
    const config = loadConfig(file);
    const { boundary, deployment, warnings } = config;
    const own = props.exceptions === undefined ? [] : [ResidencyDeclarations.fromFile(props.exceptions)._data];
    const declarations = ResidencyDeclarations._of(config.declarations, ...own);
    const app = new ResidencyDeployment({
      boundary,
      declarations,
      ...(props.outdir !== undefined && { outdir: props.outdir }),
      autoSynth: false,
      context,
    });
    app.profileRows = config.profileRows;
    app.writeEvidence = (folder, inputs) => writeEvidence(folder, inputs, config, declarations._data);
    app.models = deployment?.models ?? [];
    app.warnings = [...warnings, ...(deployment === undefined ? [] : deploymentWarnings(boundary, deployment))];
    Validations.of(app).addPlugins(new LimitsPlugin(() => app.made?.all() ?? []));
    if (deployment !== undefined) app.made = new DeploymentStacks(app, deployment, boundary);
    return app;
  }

  /** Prints the error, sets the exit code, and withholds the cloud assembly. */
  public static refuse(cause: unknown): void {
    if (process.env.CDK_OUTDIR !== undefined) withholdAssembly(process.env.CDK_OUTDIR);
    console.error(cause instanceof ReportedError ? cause.textFor(process.stderr) : ((cause as Error).stack ?? cause));
    process.exitCode = 1;
  }

  private made?: DeploymentStacks;
  private models: readonly ModelConfig[] = [];
  private profileRows: ResidencyConfig['profileRows'] = [];
  private writeEvidence: (folder: string, inputs: Inputs) => void = () => {};
  private warnings: readonly string[] = [];

  private constructor(props: ResidencyAppProps) {
    super(props);
  }

  /** The stack that the tenants share; none when the configuration only declares a boundary. */
  public get foundation(): FoundationStack | undefined {
    return this.made?.foundation;
  }

  /** One per workspace, in the order of the file. */
  public get workspaces(): WorkspaceStack[] {
    return this.made?.workspaces ?? [];
  }

  /** All projects; none when the file has none. */
  public get projects(): ProjectsStack | undefined {
    return this.made?.projects;
  }

  /**
   * Synthesizes, and prints the inventory on standard error, with what has to be done before long: models that end, and Regions to
   * enable. The evidence is written into the cloud assembly.
   *
   * @throws if anything could leave the boundary
   */
  public report(): void {
    progress(`synthesizing, and checking what could leave ${this.boundary.label} ...`);
    const assembly = this.synth();
    const inputs = readAssembly(assembly.directory);
    const lines = inventory(inputs.templates, this.boundary, new Date(), this.profileRows);
    const { bold, warning } = usesColour(process.stderr, process.env) ? COLOURED : PLAIN;
    const width = terminalWidth(process.stderr, process.env);
    // `cdk synth STACK` prints the template on standard output.
    if (lines.length > 0) {
      const all = this.node.tryGetContext('residency:inventory') === 'all';
      console.error(inventoryTable(lines, { width, all, emphasise: bold }));
    }
    for (const note of failoverNotes(this.models)) console.error(note);
    for (const text of this.warnings) {
      for (const line of hanging('warning: ', text, width ?? Number.POSITIVE_INFINITY)) console.error(warning(line));
    }
    const { release, today } = factsOf(this.boundary);
    const old = release && releaseWarning(release, today);
    if (old !== undefined) console.error(`warning: ${old}`);
    this.writeEvidence(assembly.directory, inputs);
    console.error(this._statement());
  }
}
