import path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { ResidencyApp, ResidencyBoundary, ResidencyDeclarations, ResidencyHook, StackFilter } from 'cdk-eu-residency';

const boundary = ResidencyBoundary.eu();
const app = new ResidencyApp({ boundary });
const stack = new Stack(app, 'Hook', { env: { region: 'eu-central-1' } });
new ResidencyHook(stack, 'Hook', {
  boundary,
  stacks: StackFilter.all(),
  declarations: ResidencyDeclarations.fromFile(path.join(__dirname, 'hook-declarations.yaml')),
});
