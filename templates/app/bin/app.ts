import { ResidencyDeployment } from 'cdk-eu-residency';

// Builds the stacks of residency.yaml and prints what data is where. If anything could leave the boundary, it writes no assembly to deploy.
ResidencyDeployment.run();
