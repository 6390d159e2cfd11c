import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ResidencyDeployment } from '../lib/app/residency-deployment';

const { RESIDENCY_CONFIG: config, RESIDENCY_EXCEPTIONS: exceptions } = process.env;

try {
  const app = ResidencyDeployment.fromFile({ config, exceptions: exceptions || undefined });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.report();
} catch (error) {
  ResidencyDeployment.refuse(error);
}
