import { Stack } from 'aws-cdk-lib';
import { ResidencyApp, ResidencyBoundary, SharedAlerts } from 'cdk-eu-residency';

const boundary = ResidencyBoundary.eu();
const app = new ResidencyApp({ boundary });
const stack = new Stack(app, 'platform', { env: { account: '444455556666', region: 'eu-central-1' } });
new SharedAlerts(stack, 'Alerts', {
  boundary,
  addresses: ['security@example.eu'],
  deployments: [{ accountId: '111122223333', name: 'sciences' }],
});
