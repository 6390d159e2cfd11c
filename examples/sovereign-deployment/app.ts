import path from 'node:path';
import { ResidencyDeployment } from 'cdk-eu-residency';

ResidencyDeployment.run({ config: path.join(__dirname, 'residency.yaml') });
