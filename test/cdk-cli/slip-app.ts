import { Stack, Validations } from 'aws-cdk-lib';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { ResidencyPlugin } from '@/lib/guard/cdk/residency-plugin';
import { RULES } from '@/lib/guard/rules';
import { SLIPS } from '../guard/cdk/slips';

/** What can be done to the guard in its own process. */
const PLUGINS: Readonly<Record<string, () => ReturnType<ResidencyPlugin['validate']>>> = {
  throws: () => {
    throw new Error('broken on purpose');
  },
  'says success': () => ({ success: true, violations: [] }),
  'says failure, with nothing found': () => ({ success: false, violations: [] }),
};

const { SLIP = '', PLUGIN = '' } = process.env;
const plugin = PLUGINS[PLUGIN];
if (plugin !== undefined) ResidencyPlugin.prototype.validate = plugin;

const app = new ResidencyApp();
for (const { id } of RULES)
  Validations.of(app).acknowledge({ id: `EuResidency::${id}`, reason: 'the author would rather not' });
const stack = new Stack(app, 'Chat', { env: { region: 'eu-central-1', account: '111122223333' } });
SLIPS.find(([name]) => name === SLIP)?.[1](stack);
