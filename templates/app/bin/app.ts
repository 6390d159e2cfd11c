import { ResidencyDeployment } from 'cdk-eu-residency';

// Builds the stacks of residency.yaml, or of the file that RESIDENCY_CONFIG names, and prints what data is where. If anything could leave
// the boundary, it writes no assembly to deploy.
ResidencyDeployment.run({ config: process.env.RESIDENCY_CONFIG });
