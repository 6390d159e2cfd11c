import { ResidencyDeployment } from 'cdk-eu-residency';

// Makes the stacks of residency.yaml, prints what is where, and leaves nothing to deploy where anything could leave the boundary.
ResidencyDeployment.run();
