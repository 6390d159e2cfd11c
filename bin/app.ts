import { loadConfig } from '../lib/config/load';
import { withholdAssembly } from '../lib/guard/cdk/withhold-folder';
import { ReportedError } from '../lib/guard/report/reported-error';

const { RESIDENCY_CONFIG: config, RESIDENCY_EXCEPTIONS: exceptions, CDK_OUTDIR } = process.env;

/** Whether the configuration can be used. If not, nothing that an earlier run wrote stays deployable. */
function isUsable(): boolean {
  try {
    loadConfig(config ?? 'residency.yaml');
    return true;
  } catch (error) {
    if (CDK_OUTDIR !== undefined) withholdAssembly(CDK_OUTDIR);
    if (!(error instanceof ReportedError)) throw error;
    console.error(error.textFor(process.stderr));
    process.exitCode = 1;
    return false;
  }
}

/** The CDK is loaded only for a configuration that can be used, because loading it takes most of a second. */
function synthesize(): void {
  const { Validations } = require('aws-cdk-lib') as typeof import('aws-cdk-lib');
  const { AwsSolutionsChecks } = require('cdk-nag') as typeof import('cdk-nag');
  const { ResidencyDeployment } =
    require('../lib/app/residency-deployment') as typeof import('../lib/app/residency-deployment');
  try {
    const app = ResidencyDeployment._alone({ config, exceptions: exceptions || undefined });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    app.report();
  } catch (error) {
    ResidencyDeployment.refuse(error);
  }
}

if (isUsable()) synthesize();
