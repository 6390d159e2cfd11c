import { Stack, Validations } from 'aws-cdk-lib';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { ResidencyPlugin } from '@/lib/guard/cdk/residency-plugin';
import { RULES } from '@/lib/guard/rules';
import { BYPASSES } from '../guard/cdk/bypasses';

/** Ways to manipulate the guard in its own process. */
const PLUGINS: Readonly<Record<string, () => ReturnType<ResidencyPlugin['validate']>>> = {
  throws: () => {
    throw new Error('broken on purpose');
  },
  'reports success': () => ({ success: true, violations: [] }),
  'reports failure without findings': () => ({ success: false, violations: [] }),
};

const { BYPASS = '', PLUGIN = '' } = process.env;
const plugin = PLUGINS[PLUGIN];
if (plugin !== undefined) ResidencyPlugin.prototype.validate = plugin;

const app = new ResidencyApp();
for (const { id } of RULES)
  Validations.of(app).acknowledge({ id: `EuResidency::${id}`, reason: 'the author would rather not' });
const stack = new Stack(app, 'Chat', { env: { region: 'eu-central-1', account: '111122223333' } });
BYPASSES.find(([name]) => name === BYPASS)?.[1](stack);
